-- Notices that a source tells in several places: what each part says, and what documents say of
-- notices that they name by number. The notice itself is made of these.

-- number: what the part calls the notice, by which remarks name it. json: the part as a notice.
create table notice_part (
    source text not null,
    record_key text not null,
    part text not null,
    language text not null,
    number text not null,
    content_hash text not null,
    raw_sha256 text not null,
    json text not null,
    primary key (source, record_key, part, language)
);
create index notice_part_by_number on notice_part (source, number, record_key);

-- position: of the remark in its document. said_on: ISO, or empty. gives: the number that it gives
-- the notice, or empty.
create table notice_remark (
    source text not null,
    document text not null,
    position bigint not null,
    number text not null,
    part text not null,
    said_on text not null,
    gives text not null,
    raw_sha256 text not null,
    json text not null,
    primary key (source, document, position, number)
);
create index notice_remark_by_number on notice_remark (source, number);
create index notice_remark_by_gift on notice_remark (source, gives);
