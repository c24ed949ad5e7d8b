-- An answer waits for its record: what is not sealed yet stands in a table that is light to write to, and moves when it
-- is sealed. Before, sealing wrote each row and its indexes a second time.
create table fingerpost.audit_unsealed (
  id uuid primary key,
  recorded timestamptz not null,
  client text not null,
  organisation text not null,
  people text[] not null,
  outcome text not null,
  kind text not null,
  event text not null,
  mac bytea not null
);
comment on table fingerpost.audit_unsealed is 'columns as in audit_event';

drop trigger audit_event_stays on fingerpost.audit_event;
drop trigger audit_event_is_kept on fingerpost.audit_event;

insert into fingerpost.audit_unsealed
  select id, recorded, client, organisation, people, outcome, kind, event, mac from fingerpost.audit_event
  where block is null;
delete from fingerpost.audit_event where block is null;
alter table fingerpost.audit_event alter column block set not null;

create trigger audit_event_stays before update on fingerpost.audit_event for each row
  execute function fingerpost.audit_stays();
create trigger audit_event_is_kept before delete on fingerpost.audit_event for each row
  when (current_setting('fingerpost.audit_retention', true) is distinct from 'on')
  execute function fingerpost.audit_stays();

create trigger audit_unsealed_stays before update on fingerpost.audit_unsealed for each row
  execute function fingerpost.audit_stays();
-- The sealer says in its transaction that it is what moves.
create trigger audit_unsealed_is_kept before delete on fingerpost.audit_unsealed for each row
  when (current_setting('fingerpost.audit_seal', true) is distinct from 'on')
  execute function fingerpost.audit_stays();
create trigger audit_unsealed_is_not_emptied before truncate on fingerpost.audit_unsealed
  execute function fingerpost.audit_stays();

-- All of the record, sealed or not.
create view fingerpost.audit_record as
  select id, recorded, client, organisation, people, outcome, kind, event, mac from fingerpost.audit_event
  union all
  select id, recorded, client, organisation, people, outcome, kind, event, mac from fingerpost.audit_unsealed;
