#pragma once
// A private PostgreSQL cluster on a socket in a temporary folder, stopped when destroyed. As root
// it runs as the user postgres, because PostgreSQL refuses root. One thread.

#include <memory>
#include <string>

#include "tests/support/temp_folder.h"

namespace recall::test {

class Postgres {
  public:
    // Nothing when this machine has no PostgreSQL server programs.
    static std::unique_ptr<Postgres> start();
    ~Postgres();
    Postgres(const Postgres&) = delete;
    Postgres& operator=(const Postgres&) = delete;

    // Makes an empty database and returns its url for database.url.
    std::string new_database();

    // Ends every server process of the database behind `url`, as a restart of the server would.
    void kill_sessions(const std::string& url);

  private:
    explicit Postgres(std::string programs);
    void run(const std::string& command) const;
    void psql(const std::string& database, const std::string& statement) const;

    std::string programs_;
    TempFolder folder_;
    int databases_ = 0;
};

// The cluster of this test process, started at the first call; nullptr as above.
Postgres* shared_postgres();

}  // namespace recall::test
