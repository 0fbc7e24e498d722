-- The exchange: partners, what goes to them, what came from them, and cases. Instants are UTC text
-- of fixed width, so that they sort. Empty text means "not there".

insert into change_counter (series, value) values ('exchange_log', 0);

-- definition: the partner as XML, which is all that is known of it; the rest is for look-ups.
create table partner (
    id text not null primary key,
    definition text not null,
    added_by text not null,
    added_at text not null
);
create table partner_connection (
    sha256 text not null primary key,
    partner text not null references partner (id)
);
create table partner_platform (
    platform text not null primary key,
    partner text not null references partner (id)
);

create table outbox_sequence (
    recipient text not null primary key,
    last bigint not null
);
-- content: the signed bytes, sent again as they are. canonical_sha256: of what was signed.
create table outbox (
    recipient text not null,
    sequence bigint not null,
    message_id text not null unique,
    kind text not null,
    subject text not null,
    subject_version bigint not null,
    conversation text not null,
    format text not null,
    content blob not null,
    sha256 text not null,
    canonical_sha256 text not null,
    state text not null,
    attempts bigint not null,
    next_attempt_at text not null,
    last_code text not null,
    last_reason text not null,
    receipt blob not null,
    created_at text not null,
    settled_at text not null,
    primary key (recipient, sequence)
);
create index outbox_by_state on outbox (state, next_attempt_at);
create index outbox_by_recipient on outbox (recipient, state, sequence);
create index outbox_by_subject on outbox (subject, recipient);
create index outbox_by_conversation on outbox (conversation);

-- The circuit breaker of a line: closed while open_until is in the past.
create table outbox_line (
    recipient text not null primary key,
    failures bigint not null,
    open_until text not null,
    last_code text not null,
    last_success_at text not null
);

-- Accepted messages. receipt: the bytes that were answered, answered again to a duplicate.
create table inbox (
    position bigint not null primary key,
    sender text not null,
    message_id text not null,
    sequence bigint not null,
    kind text not null,
    action text not null,
    subject text not null,
    subject_version bigint not null,
    conversation text not null,
    in_reply_to text not null,
    format text not null,
    content blob not null,
    sha256 text not null,
    canonical_sha256 text not null,
    receipt blob not null,
    received_at text not null,
    unique (sender, message_id),
    unique (sender, sequence)
);
create index inbox_by_subject on inbox (sender, subject, subject_version);
create index inbox_by_conversation on inbox (conversation);

-- Refused messages, the latest ones of each partner; message_id as far as it could be believed.
create table inbox_refusal (
    position bigint not null primary key,
    partner text not null,
    message_id text not null,
    code text not null,
    reason text not null,
    content blob not null,
    sha256 text not null,
    receipt blob not null,
    received_at text not null
);
create index inbox_refusal_by_partner on inbox_refusal (partner, position);

-- A confirmed match on its way to a takedown. partner, order_message: empty while no partner
-- serves the platform. report_position: the platform's answer in inbox, 0 before.
create table takedown_case (
    id text not null primary key,
    match_id bigint not null unique references listing_match (id),
    platform text not null,
    listing text not null,
    notice text not null,
    state text not null,
    partner text not null,
    order_message text not null,
    deadline text not null,
    outcome text not null,
    note text not null,
    report_position bigint not null,
    opened_by text not null,
    opened_at text not null,
    closed_at text not null
);
create index takedown_case_by_state on takedown_case (state, id);
