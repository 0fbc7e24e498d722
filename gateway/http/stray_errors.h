#pragma once
// What escapes from a thread of the server or of its library goes to our log, not raw to standard
// error. Install once, before the first thread; it stays for the process.

namespace recall::http {

void log_stray_errors();

}  // namespace recall::http
