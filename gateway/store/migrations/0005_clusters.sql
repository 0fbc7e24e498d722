-- The same recall told by several authorities: what notices are looked up by, which of them are
-- linked and why, what people ruled, and the clusters that follow. Empty text means "not there".

-- Whoever links takes this series, so that two do not write one pair's links.
insert into change_counter (series, value) values ('cluster', 0);

-- kind: a word of model::KeyKind. Only to find others; what links two notices is judged anew.
create table notice_key (
    kind text not null,
    value text not null,
    notice text not null,
    primary key (kind, value, notice)
-- sqlite:
) without rowid;
-- postgresql:
);
-- both:
create index notice_key_by_notice on notice_key (notice);

-- notice_a sorts before notice_b. firm: the name that both know, beside a number that both have.
create table notice_link (
    notice_a text not null,
    notice_b text not null,
    reason text not null,
    field text not null,
    value text not null,
    firm text not null,
    primary key (notice_a, notice_b, reason)
-- sqlite:
) without rowid;
-- postgresql:
);
-- both:
create index notice_link_by_second on notice_link (notice_b, notice_a);

-- What people said of a pair, only added to; the last one counts.
create table cluster_ruling (
    notice_a text not null,
    notice_b text not null,
    position bigint not null,
    verdict text not null,
    ruled_by text not null,
    because text not null,
    ruled_at text not null,
    primary key (notice_a, notice_b, position)
);
create index cluster_ruling_by_second on cluster_ruling (notice_b, notice_a);

-- teller: the authority, so that two notices of one are told apart. cluster: the first of its
-- members' ids; its own id for a notice that is alone.
create table notice_cluster (
    notice text not null primary key,
    teller text not null,
    told_on text not null,
    cluster text not null
);
create index notice_cluster_by_cluster on notice_cluster (cluster, notice);
