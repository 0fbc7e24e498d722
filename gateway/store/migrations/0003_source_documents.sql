-- The documents of a source and the records each of them held: what tells a record that its source
-- took back from one that merely was not looked at. Empty text means "not there".

-- fingerprint: "<sha256>@<mapping version>" of the copy whose records are stored. entry: hash of
-- the listing's entry that led to it. last_run: the run that last listed it.
create table source_document (
    source text not null,
    document text not null,
    fingerprint text not null,
    entry text not null,
    etag text not null,
    last_modified text not null,
    last_run bigint not null,
    primary key (source, document)
);
create table document_record (
    source text not null,
    document text not null,
    record_key text not null,
    last_run bigint not null,
    primary key (source, document, record_key)
-- sqlite:
) without rowid;
-- postgresql:
);
-- both:
-- With last_run, or SQLite takes the primary key and reads every record of the source for each.
create index document_record_by_record on document_record (source, record_key, last_run);
