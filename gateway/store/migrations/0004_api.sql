-- Replies to writes of the API, kept under (caller, Idempotency-Key) so that a repeated request
-- gets the same reply and does nothing twice. caller: the API key's id.
create table api_reply (
    caller text not null,
    request_key text not null,
    request_hash text not null,
    status bigint not null,
    media_type text not null,
    body text not null,
    expires_at text not null,
    primary key (caller, request_key)
);
create index api_reply_by_expiry on api_reply (expires_at);
