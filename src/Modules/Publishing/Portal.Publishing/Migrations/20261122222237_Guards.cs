using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Publishing.Migrations
{
    /// <summary>
    /// What the database itself refuses, whoever asks: a change of what was published, publication without three
    /// reviews by three people (Opinion art. 12), a reviewer who is an author, a change of a review.
    /// </summary>
    public partial class Guards : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                create function publishing.refuse_change() returns trigger language plpgsql as $$
                begin
                  raise exception 'rows of % are never changed', tg_table_name using errcode = 'P0001';
                end $$;

                create trigger append_only before update or delete on publishing.reviews
                  for each row execute function publishing.refuse_change();
                create trigger append_only before update or delete on publishing.emergency_publications
                  for each row execute function publishing.refuse_change();
                create trigger append_only before update or delete on publishing.second_looks
                  for each row execute function publishing.refuse_change();
                create trigger no_truncate before truncate on publishing.reviews
                  for each statement execute function publishing.refuse_change();
                create trigger no_delete before delete on publishing.editions
                  for each row execute function publishing.refuse_change();

                create function publishing.guard_review() returns trigger language plpgsql as $$
                declare
                  edition publishing.editions%rowtype;
                begin
                  select * into edition from publishing.editions where id = new.edition_id for update;
                  if new.content_hash is distinct from edition.content_hash then
                    raise exception 'the review names other content than the edition holds' using errcode = 'P0001';
                  end if;
                  if new.person_id = any(edition.contributors) then
                    raise exception 'an author may not review the edition' using errcode = 'P0001';
                  end if;
                  if new.site_id <> edition.site_id then
                    raise exception 'the review belongs to another site' using errcode = 'P0001';
                  end if;
                  if new.decision = 'Approved' then
                    if new.stage = 1 and not new.secrecy_checked then
                      raise exception 'the first review needs the secrecy check' using errcode = 'P0001';
                    end if;
                    if new.stage > 1 and not exists (
                        select from publishing.reviews
                        where edition_id = new.edition_id and content_hash = new.content_hash
                          and stage = new.stage - 1 and decision = 'Approved') then
                      raise exception 'the earlier review is missing' using errcode = 'P0001';
                    end if;
                  end if;
                  return new;
                end $$;

                create trigger guard before insert on publishing.reviews
                  for each row execute function publishing.guard_review();

                create function publishing.guard_edition() returns trigger language plpgsql as $$
                begin
                  if tg_op = 'UPDATE' and old.state in ('Live', 'Superseded', 'TakenDown', 'Discarded') then
                    if (to_jsonb(new) - 'state' - 'version') is distinct from (to_jsonb(old) - 'state' - 'version') then
                      raise exception 'edition % was published: its row never changes again', old.id
                        using errcode = 'P0001';
                    end if;
                    if new.state <> old.state and not (old.state = 'Live' and new.state in ('Superseded', 'TakenDown')) then
                      raise exception 'edition % cannot go from % to %', old.id, old.state, new.state
                        using errcode = 'P0001';
                    end if;
                    return new;
                  end if;

                  if new.state in ('Scheduled', 'Live', 'Superseded', 'TakenDown') then
                    if tg_op = 'UPDATE' and old.state = 'Scheduled' and new.content_hash <> old.content_hash then
                      raise exception 'a scheduled edition is released content' using errcode = 'P0001';
                    end if;
                    if new.import_batch_id is not null then
                      if not exists (select from publishing.import_batches
                          where id = new.import_batch_id and site_id = new.site_id) then
                        raise exception 'there is no such import' using errcode = 'P0001';
                      end if;
                    elsif not exists (select from publishing.emergency_publications
                          where edition_id = new.id and content_hash = new.content_hash)
                      and (select count(distinct stage) <> 3 or count(distinct person_id) <> 3
                           from publishing.reviews
                           where edition_id = new.id and content_hash = new.content_hash and decision = 'Approved') then
                      raise exception 'edition % lacks three reviews by three people', new.id using errcode = 'P0001';
                    end if;
                  end if;
                  return new;
                end $$;

                create trigger guard before insert or update on publishing.editions
                  for each row execute function publishing.guard_edition();

                -- A late writer never puts what the public saw earlier over what it saw later.
                create function publishing.guard_page() returns trigger language plpgsql as $$
                begin
                  if new.sequence < old.sequence then
                    raise exception 'page % is already at %', old.document_id, old.sequence
                      using errcode = 'P0001';
                  end if;
                  return new;
                end $$;

                create trigger guard before update on publishing.published_pages
                  for each row execute function publishing.guard_page();

                alter table publishing.search_entries
                  add column title_vector tsvector, add column text_vector tsvector not null default ''::tsvector;
                -- Ranking and excerpts read the text of many candidates: lz4 unpacks several times faster than pglz.
                do $$ begin
                  alter table publishing.search_entries alter column text set compression lz4;
                exception when feature_not_supported then null; end $$;
                create index ix_search_title on publishing.search_entries using gin (title_vector);
                create index ix_search_text on publishing.search_entries using gin (text_vector);

                create function publishing.vectorise() returns trigger language plpgsql as $$
                begin
                  new.title_vector := array_to_tsvector(new.title_grams);
                  new.text_vector := array_to_tsvector(coalesce(new.text_grams, '{}'));
                  new.title_grams := null;
                  new.text_grams := null;
                  return new;
                end $$;

                create trigger vectorise before insert on publishing.search_entries
                  for each row execute function publishing.vectorise();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Forward only.
        }
    }
}
