-- The record of decisions: rows are added, put into a block once, and removed with their block when
-- their retention has passed. Nothing else may become of them.
create table fingerpost.audit_event (
  -- begins with the millisecond of the event, so that ids sort by time
  id uuid primary key,
  recorded timestamptz not null,
  client text not null,
  -- ODS code
  organisation text not null,
  -- Patient/<id> of those it is about
  people text[] not null,
  outcome text not null,
  kind text not null,
  -- the AuditEvent, FHIR JSON
  event text not null,
  -- HMAC-SHA-256 of all that stands before
  mac bytea not null,
  -- null until it is sealed
  block bigint
);

create index audit_event_people on fingerpost.audit_event using gin (people);
create index audit_event_block on fingerpost.audit_event (block);

-- Each block seals its events and the block before it.
create table fingerpost.audit_block (
  block bigint primary key,
  events integer not null,
  events_hash bytea not null,
  last_recorded timestamptz not null,
  sealed_at timestamptz not null,
  previous bytea not null,
  hash bytea not null,
  key_id text not null,
  -- of the hash
  signature bytea not null,
  -- that the events were removed, and when; signed too
  removed_at timestamptz,
  removal_key_id text,
  removal_signature bytea
);

create index audit_block_kept on fingerpost.audit_block (block) where removed_at is null;

create function fingerpost.audit_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the record of decisions is only added to';
end $$;

create trigger audit_event_stays before update on fingerpost.audit_event for each row
  when (not (old.block is null and new.block is not null
    and (old.id, old.recorded, old.client, old.organisation, old.people, old.outcome, old.kind, old.event, old.mac)
      = (new.id, new.recorded, new.client, new.organisation, new.people, new.outcome, new.kind, new.event, new.mac)))
  execute function fingerpost.audit_stays();

-- Retention says in its transaction that it is what removes.
create trigger audit_event_is_kept before delete on fingerpost.audit_event for each row
  when (old.block is null or current_setting('fingerpost.audit_retention', true) is distinct from 'on')
  execute function fingerpost.audit_stays();

create trigger audit_event_is_not_emptied before truncate on fingerpost.audit_event
  execute function fingerpost.audit_stays();

create trigger audit_block_stays before update on fingerpost.audit_block for each row
  when (not (old.removed_at is null and new.removed_at is not null
    and (old.block, old.events, old.events_hash, old.last_recorded, old.sealed_at, old.previous, old.hash, old.key_id, old.signature)
      = (new.block, new.events, new.events_hash, new.last_recorded, new.sealed_at, new.previous, new.hash, new.key_id, new.signature)))
  execute function fingerpost.audit_stays();

create trigger audit_block_is_kept before delete on fingerpost.audit_block for each row
  execute function fingerpost.audit_stays();

create trigger audit_block_is_not_emptied before truncate on fingerpost.audit_block
  execute function fingerpost.audit_stays();
