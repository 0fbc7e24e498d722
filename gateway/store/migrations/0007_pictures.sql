-- Pictures of notices and listings: what is to be fetched, and what became of it. Empty text means
-- "not there".

-- id: SHA-256 of the url, which may be longer than an index takes. state: wanted, stored, failed.
-- due_at: when a wanted one is asked for next. reason: why the last attempt failed. hash: of what
-- it looks like. thumbnail: SHA-256 of the payload in raw_payload. change: place in the order in
-- which pictures were stored or came to more users; 0 before.
create table picture (
    id text not null primary key,
    url text not null,
    state text not null,
    attempts bigint not null,
    due_at text not null,
    reason_code text not null,
    reason text not null,
    fetched_at text not null,
    sha256 text not null,
    media_type text not null,
    width bigint not null,
    height bigint not null,
    hash text not null,
    thumbnail text not null,
    change bigint not null
);
create index picture_by_due on picture (due_at) where state = 'wanted';
create unique index picture_by_change on picture (change) where change > 0;

-- Whose picture it is: a notice (platform is empty) or a platform's listing.
create table picture_user (
    platform text not null,
    owner text not null,
    picture text not null references picture (id),
    primary key (platform, owner, picture)
);
create index picture_user_by_picture on picture_user (picture);

insert into change_counter (series, value) values ('picture', 0);
