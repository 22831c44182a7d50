using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Interaction.Migrations
{
    /// <inheritdoc />
    public partial class Surveys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "surveys",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    title = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    purpose = table.Column<string>(type: "character varying(3000)", maxLength: 3000, nullable: false),
                    audience = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    unit = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    contact = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    mode = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    proof = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    opens_on = table.Column<DateOnly>(type: "date", nullable: false),
                    closes_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    definition = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    notice_path = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    result_path = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    usage = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: true),
                    figures = table.Column<string>(type: "text", nullable: true),
                    reported_on = table.Column<DateOnly>(type: "date", nullable: true),
                    cancel_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    extension_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    first_closes_on = table.Column<DateOnly>(type: "date", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    erased_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_surveys", x => x.id);
                    table.CheckConstraint("ck_surveys_cancelled", "(state = 'Cancelled') = (cancel_reason is not null)");
                    table.CheckConstraint("ck_surveys_frozen", "state in ('Draft', 'Cancelled') or hash is not null");
                    table.CheckConstraint("ck_surveys_period", "closes_on >= opens_on");
                    table.CheckConstraint("ck_surveys_reported", "state <> 'Reported' or (usage is not null and figures is not null and reported_on is not null)");
                });

            migrationBuilder.CreateTable(
                name: "survey_answers",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    survey_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    holder = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    form_id = table.Column<Guid>(type: "uuid", nullable: false),
                    change_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: true),
                    sealed_key = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_answers", x => x.id);
                    table.ForeignKey(
                        name: "fk_survey_answers_surveys_survey_id",
                        column: x => x.survey_id,
                        principalSchema: "interaction",
                        principalTable: "surveys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "survey_ballots",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    survey_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_ballots", x => x.id);
                    table.ForeignKey(
                        name: "fk_survey_ballots_surveys_survey_id",
                        column: x => x.survey_id,
                        principalSchema: "interaction",
                        principalTable: "surveys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "survey_codes",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    survey_id = table.Column<Guid>(type: "uuid", nullable: false),
                    batch = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_codes", x => x.id);
                    table.ForeignKey(
                        name: "fk_survey_codes_surveys_survey_id",
                        column: x => x.survey_id,
                        principalSchema: "interaction",
                        principalTable: "surveys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "survey_days",
                schema: "interaction",
                columns: table => new
                {
                    survey_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    answers = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_days", x => new { x.survey_id, x.day });
                    table.ForeignKey(
                        name: "fk_survey_days_surveys_survey_id",
                        column: x => x.survey_id,
                        principalSchema: "interaction",
                        principalTable: "surveys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "survey_envelopes",
                schema: "interaction",
                columns: table => new
                {
                    form = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    survey_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_envelopes", x => x.form);
                    table.ForeignKey(
                        name: "fk_survey_envelopes_surveys_survey_id",
                        column: x => x.survey_id,
                        principalSchema: "interaction",
                        principalTable: "surveys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "survey_quotes",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    survey_id = table.Column<Guid>(type: "uuid", nullable: false),
                    question = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    source = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_quotes", x => x.id);
                    table.ForeignKey(
                        name: "fk_survey_quotes_surveys_survey_id",
                        column: x => x.survey_id,
                        principalSchema: "interaction",
                        principalTable: "surveys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "survey_versions",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    survey_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_versions", x => x.id);
                    table.ForeignKey(
                        name: "fk_survey_versions_surveys_survey_id",
                        column: x => x.survey_id,
                        principalSchema: "interaction",
                        principalTable: "surveys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "survey_words",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    survey_id = table.Column<Guid>(type: "uuid", nullable: false),
                    question = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_words", x => x.id);
                    table.ForeignKey(
                        name: "fk_survey_words_surveys_survey_id",
                        column: x => x.survey_id,
                        principalSchema: "interaction",
                        principalTable: "surveys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_survey_answers_change",
                schema: "interaction",
                table: "survey_answers",
                columns: new[] { "survey_id", "change_hash" },
                filter: "change_hash is not null");

            migrationBuilder.CreateIndex(
                name: "ux_survey_answers_form",
                schema: "interaction",
                table: "survey_answers",
                columns: new[] { "survey_id", "form_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_survey_answers_holder",
                schema: "interaction",
                table: "survey_answers",
                columns: new[] { "survey_id", "holder" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_survey_ballots_survey",
                schema: "interaction",
                table: "survey_ballots",
                column: "survey_id");

            migrationBuilder.CreateIndex(
                name: "ix_survey_codes_batch",
                schema: "interaction",
                table: "survey_codes",
                columns: new[] { "survey_id", "batch" });

            migrationBuilder.CreateIndex(
                name: "ux_survey_codes_hash",
                schema: "interaction",
                table: "survey_codes",
                columns: new[] { "survey_id", "hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_survey_envelopes_day",
                schema: "interaction",
                table: "survey_envelopes",
                columns: new[] { "survey_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ux_survey_quotes_source",
                schema: "interaction",
                table: "survey_quotes",
                columns: new[] { "survey_id", "source" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_survey_versions_hash",
                schema: "interaction",
                table: "survey_versions",
                columns: new[] { "survey_id", "hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_survey_words_question",
                schema: "interaction",
                table: "survey_words",
                columns: new[] { "survey_id", "question", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_surveys_newest",
                schema: "interaction",
                table: "surveys",
                columns: new[] { "site_id", "opens_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_surveys_owed",
                schema: "interaction",
                table: "surveys",
                columns: new[] { "site_id", "closes_on" },
                filter: "reported_on is null");

            migrationBuilder.CreateIndex(
                name: "ux_surveys_key",
                schema: "interaction",
                table: "surveys",
                columns: new[] { "site_id", "key" },
                unique: true);

            // A questionnaire is frozen once and for all; a survey that has answers keeps its questionnaire and its mode.
            migrationBuilder.Sql("""
                create function interaction.refuse_survey_change() returns trigger language plpgsql as $$
                begin
                  raise exception 'rows of % never change', tg_table_name using errcode = 'P0001';
                end $$;

                create trigger frozen before update or delete on interaction.survey_versions
                  for each row execute function interaction.refuse_survey_change();

                create function interaction.guard_survey() returns trigger language plpgsql as $$
                begin
                  if (new.id, new.site_id, new.key, new.created_at) is distinct from (old.id, old.site_id, old.key, old.created_at) then
                    raise exception 'the identity of survey % never changes', old.key using errcode = 'P0001';
                  end if;
                  if (new.definition, new.hash, new.mode, new.proof) is distinct from (old.definition, old.hash, old.mode, old.proof)
                    and (exists (select from interaction.survey_answers where survey_id = old.id)
                      or exists (select from interaction.survey_envelopes where survey_id = old.id)
                      or exists (select from interaction.survey_ballots where survey_id = old.id)) then
                    raise exception 'survey % has answers: its questions stay', old.key using errcode = 'P0001';
                  end if;
                  return new;
                end $$;

                create trigger guard before update on interaction.surveys
                  for each row execute function interaction.guard_survey();

                create function interaction.guard_survey_answer() returns trigger language plpgsql as $$
                begin
                  if (new.id, new.site_id, new.survey_id, new.hash, new.holder, new.form_id, new.day)
                    is distinct from (old.id, old.site_id, old.survey_id, old.hash, old.holder, old.form_id, old.day) then
                    raise exception 'of an answer only the content changes' using errcode = 'P0001';
                  end if;
                  if new.sealed_key is distinct from old.sealed_key and new.sealed_key is not null then
                    raise exception 'the key of an answer can only be destroyed' using errcode = 'P0001';
                  end if;
                  return new;
                end $$;

                create trigger guard before update on interaction.survey_answers
                  for each row execute function interaction.guard_survey_answer();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                drop trigger frozen on interaction.survey_versions;
                drop trigger guard on interaction.surveys;
                drop trigger guard on interaction.survey_answers;
                drop function interaction.refuse_survey_change();
                drop function interaction.guard_survey();
                drop function interaction.guard_survey_answer();
                """);

            migrationBuilder.DropTable(
                name: "survey_answers",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "survey_ballots",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "survey_codes",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "survey_days",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "survey_envelopes",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "survey_quotes",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "survey_versions",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "survey_words",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "surveys",
                schema: "interaction");
        }
    }
}
