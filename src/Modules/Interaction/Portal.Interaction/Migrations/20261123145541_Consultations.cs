using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Interaction.Migrations
{
    /// <inheritdoc />
    public partial class Consultations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "opinion_serials",
                schema: "interaction");

            migrationBuilder.CreateTable(
                name: "consultations",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    working = table.Column<string>(type: "jsonb", nullable: false),
                    released = table.Column<string>(type: "jsonb", nullable: true),
                    change = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    opens_on = table.Column<DateOnly>(type: "date", nullable: true),
                    closes_on = table.Column<DateOnly>(type: "date", nullable: true),
                    first_closes_on = table.Column<DateOnly>(type: "date", nullable: true),
                    report_due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    released_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    notice_path = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    taken_down = table.Column<bool>(type: "boolean", nullable: false),
                    report_words = table.Column<string>(type: "text", nullable: false),
                    report = table.Column<string>(type: "jsonb", nullable: true),
                    report_path = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    reported_on = table.Column<DateOnly>(type: "date", nullable: true),
                    cancelled_on = table.Column<DateOnly>(type: "date", nullable: true),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consultations", x => x.id);
                    table.CheckConstraint("ck_consultations_period", "closes_on > opens_on");
                });

            migrationBuilder.CreateTable(
                name: "consultation_steps",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    consultation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    opinion_id = table.Column<Guid>(type: "uuid", nullable: true),
                    trigger = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    actor_unit = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    facts = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consultation_steps", x => x.id);
                    table.ForeignKey(
                        name: "fk_consultation_steps_consultations_consultation_id",
                        column: x => x.consultation_id,
                        principalSchema: "interaction",
                        principalTable: "consultations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "opinion_clusters",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    consultation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    disposition = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_opinion_clusters", x => x.id);
                    table.CheckConstraint("ck_opinion_clusters_disposed", "(disposition is null) = (reason is null)");
                    table.ForeignKey(
                        name: "fk_opinion_clusters_consultations_consultation_id",
                        column: x => x.consultation_id,
                        principalSchema: "interaction",
                        principalTable: "consultations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "opinions",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    consultation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    form_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    channel = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    clause_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true),
                    clause_label = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    stance = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    received_on = table.Column<DateOnly>(type: "date", nullable: false),
                    may_display = table.Column<bool>(type: "boolean", nullable: false),
                    suspicion = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    paper_reference = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    sealed_key = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    erased_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    state_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    display_text = table.Column<string>(type: "text", nullable: true),
                    displayed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    theme = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    cluster_id = table.Column<Guid>(type: "uuid", nullable: true),
                    disposition = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    disposition_reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_opinions", x => x.id);
                    table.CheckConstraint("ck_opinions_displayed", "(state = 'Displayed') = (display_text is not null)");
                    table.CheckConstraint("ck_opinions_disposed", "(disposition is null) = (disposition_reason is null)");
                    table.ForeignKey(
                        name: "fk_opinions_consultations_consultation_id",
                        column: x => x.consultation_id,
                        principalSchema: "interaction",
                        principalTable: "consultations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_opinions_opinion_clusters_cluster_id",
                        column: x => x.cluster_id,
                        principalSchema: "interaction",
                        principalTable: "opinion_clusters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "opinion_papers",
                schema: "interaction",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    opinion_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_file = table.Column<bool>(type: "boolean", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    blob_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_opinion_papers", x => x.id);
                    table.ForeignKey(
                        name: "fk_opinion_papers_opinions_opinion_id",
                        column: x => x.opinion_id,
                        principalSchema: "interaction",
                        principalTable: "opinions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_consultation_steps_opinion",
                schema: "interaction",
                table: "consultation_steps",
                columns: new[] { "opinion_id", "id" },
                filter: "opinion_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_consultation_steps_own",
                schema: "interaction",
                table: "consultation_steps",
                columns: new[] { "consultation_id", "at", "id" },
                filter: "opinion_id is null");

            migrationBuilder.CreateIndex(
                name: "ix_consultations_newest",
                schema: "interaction",
                table: "consultations",
                columns: new[] { "site_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_consultations_owed",
                schema: "interaction",
                table: "consultations",
                column: "report_due_on",
                filter: "state in ('Open', 'Handling', 'ReportUnderReview')");

            migrationBuilder.CreateIndex(
                name: "ix_consultations_released",
                schema: "interaction",
                table: "consultations",
                columns: new[] { "site_id", "released_at", "id" },
                filter: "released_at is not null");

            migrationBuilder.CreateIndex(
                name: "ux_consultations_key",
                schema: "interaction",
                table: "consultations",
                columns: new[] { "site_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_opinion_clusters_own",
                schema: "interaction",
                table: "opinion_clusters",
                columns: new[] { "consultation_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_opinion_papers_opinion",
                schema: "interaction",
                table: "opinion_papers",
                columns: new[] { "opinion_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_opinions_cluster_id",
                schema: "interaction",
                table: "opinions",
                column: "cluster_id");

            migrationBuilder.CreateIndex(
                name: "ix_opinions_displayed",
                schema: "interaction",
                table: "opinions",
                columns: new[] { "consultation_id", "displayed_at", "id" },
                filter: "state = 'Displayed'");

            migrationBuilder.CreateIndex(
                name: "ix_opinions_newest",
                schema: "interaction",
                table: "opinions",
                columns: new[] { "consultation_id", "submitted_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_opinions_sealed",
                schema: "interaction",
                table: "opinions",
                column: "consultation_id",
                filter: "sealed_key is not null");

            migrationBuilder.CreateIndex(
                name: "ux_opinions_form",
                schema: "interaction",
                table: "opinions",
                column: "form_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_opinions_number",
                schema: "interaction",
                table: "opinions",
                column: "number",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "consultation_steps",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "opinion_papers",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "opinions",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "opinion_clusters",
                schema: "interaction");

            migrationBuilder.DropTable(
                name: "consultations",
                schema: "interaction");

            migrationBuilder.DropSequence(
                name: "opinion_serials",
                schema: "interaction");
        }
    }
}
