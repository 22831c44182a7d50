using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Publishing.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "publishing");

            migrationBuilder.CreateTable(
                name: "channels",
                schema: "publishing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    lineage = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    slug = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    path = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    type = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    cycle_days = table.Column<int>(type: "integer", nullable: true),
                    editor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    description = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    keywords = table.Column<string[]>(type: "text[]", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    hidden = table.Column<bool>(type: "boolean", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channels", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "documents",
                schema: "publishing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    source_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_documents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "import_batches",
                schema: "publishing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel_id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_name = table.Column<string>(type: "character varying(260)", maxLength: 260, nullable: false),
                    file_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    approved_by_name = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    imported = table.Column<int>(type: "integer", nullable: false),
                    unchanged = table.Column<int>(type: "integer", nullable: false),
                    rejected = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_batches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "publishing",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    handler = table.Column<string>(type: "text", nullable: false),
                    handled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox", x => new { x.message_id, x.handler });
                });

            migrationBuilder.CreateTable(
                name: "listing_entries",
                schema: "publishing",
                columns: table => new
                {
                    channel_id = table.Column<Guid>(type: "uuid", nullable: false),
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listing_entries", x => new { x.channel_id, x.language, x.published_at, x.document_id });
                });

            migrationBuilder.CreateTable(
                name: "media_items",
                schema: "publishing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    blob_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    media_type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    width = table.Column<int>(type: "integer", nullable: true),
                    height = table.Column<int>(type: "integer", nullable: true),
                    uploaded_by = table.Column<Guid>(type: "uuid", nullable: true),
                    uploaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_media_items", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "publishing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "jsonb", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    available_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true),
                    dispatched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    parked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "path_owners",
                schema: "publishing",
                columns: table => new
                {
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    target_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_path_owners", x => new { x.site_id, x.path });
                });

            migrationBuilder.CreateTable(
                name: "published_media",
                schema: "publishing",
                columns: table => new
                {
                    media_id = table.Column<Guid>(type: "uuid", nullable: false),
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_published_media", x => new { x.media_id, x.document_id, x.language });
                });

            migrationBuilder.CreateTable(
                name: "published_pages",
                schema: "publishing",
                columns: table => new
                {
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    language = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false),
                    edition_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    content_hash = table.Column<string>(type: "text", nullable: false),
                    channel_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    redirect_to = table.Column<string>(type: "text", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    html = table.Column<string>(type: "text", nullable: false),
                    renderer_version = table.Column<int>(type: "integer", nullable: false),
                    fields = table.Column<string>(type: "jsonb", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    keywords = table.Column<string[]>(type: "text[]", nullable: false),
                    cover_media_id = table.Column<Guid>(type: "uuid", nullable: true),
                    attachments = table.Column<string>(type: "jsonb", nullable: false),
                    interprets = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_published_pages", x => new { x.document_id, x.language });
                });

            migrationBuilder.CreateTable(
                name: "search_entries",
                schema: "publishing",
                columns: table => new
                {
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    part = table.Column<int>(type: "integer", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    lineage = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    document_number = table.Column<string>(type: "text", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    title_grams = table.Column<string[]>(type: "text[]", nullable: true),
                    text_grams = table.Column<string[]>(type: "text[]", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_entries", x => new { x.document_id, x.language, x.part });
                });

            migrationBuilder.CreateTable(
                name: "editions",
                schema: "publishing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    language = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    channel_id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    summary = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    fields = table.Column<string>(type: "jsonb", nullable: false),
                    source = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    author = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    keywords = table.Column<string[]>(type: "text[]", nullable: false),
                    cover_media_id = table.Column<Guid>(type: "uuid", nullable: true),
                    attachments = table.Column<string>(type: "jsonb", nullable: false),
                    interprets = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    unpublishing = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    unpublishing_reason = table.Column<string>(type: "text", nullable: true),
                    redirect_to = table.Column<string>(type: "text", nullable: true),
                    publish_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    take_down_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    originally_published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    based_on = table.Column<Guid>(type: "uuid", nullable: true),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    contributors = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    import_batch_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_by = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_by = table.Column<Guid>(type: "uuid", nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_editions", x => x.id);
                    table.ForeignKey(
                        name: "fk_editions_channels_channel_id",
                        column: x => x.channel_id,
                        principalSchema: "publishing",
                        principalTable: "channels",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_editions_documents_document_id",
                        column: x => x.document_id,
                        principalSchema: "publishing",
                        principalTable: "documents",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "import_rejections",
                schema: "publishing",
                columns: table => new
                {
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    source_id = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_rejections", x => new { x.batch_id, x.line });
                    table.ForeignKey(
                        name: "fk_import_rejections_import_batches_batch_id",
                        column: x => x.batch_id,
                        principalSchema: "publishing",
                        principalTable: "import_batches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "emergency_publications",
                schema: "publishing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    edition_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content_hash = table.Column<string>(type: "text", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_name = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_emergency_publications", x => x.id);
                    table.ForeignKey(
                        name: "fk_emergency_publications_editions_edition_id",
                        column: x => x.edition_id,
                        principalSchema: "publishing",
                        principalTable: "editions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "reviews",
                schema: "publishing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    edition_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content_hash = table.Column<string>(type: "text", nullable: false),
                    stage = table.Column<int>(type: "integer", nullable: false),
                    decision = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_name = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    opinion = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    secrecy_checked = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reviews", x => x.id);
                    table.ForeignKey(
                        name: "fk_reviews_editions_edition_id",
                        column: x => x.edition_id,
                        principalSchema: "publishing",
                        principalTable: "editions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "second_looks",
                schema: "publishing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<Guid>(type: "uuid", nullable: false),
                    emergency_publication_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_name = table.Column<string>(type: "text", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    opinion = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_second_looks", x => x.id);
                    table.ForeignKey(
                        name: "fk_second_looks_emergency_publications_emergency_publication_id",
                        column: x => x.emergency_publication_id,
                        principalSchema: "publishing",
                        principalTable: "emergency_publications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_channels_site_id_parent_id_position",
                schema: "publishing",
                table: "channels",
                columns: new[] { "site_id", "parent_id", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_channels_site_id_path",
                schema: "publishing",
                table: "channels",
                columns: new[] { "site_id", "path" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_documents_source",
                schema: "publishing",
                table: "documents",
                columns: new[] { "site_id", "source_id" },
                unique: true,
                filter: "source_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_editions_channel_id",
                schema: "publishing",
                table: "editions",
                column: "channel_id");

            migrationBuilder.CreateIndex(
                name: "ix_editions_document_id_language",
                schema: "publishing",
                table: "editions",
                columns: new[] { "document_id", "language" },
                unique: true,
                filter: "state = 'Live'");

            migrationBuilder.CreateIndex(
                name: "ix_editions_document_id_language_number",
                schema: "publishing",
                table: "editions",
                columns: new[] { "document_id", "language", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_editions_document_id_language1",
                schema: "publishing",
                table: "editions",
                columns: new[] { "document_id", "language" },
                unique: true,
                filter: "state = 'Scheduled'");

            migrationBuilder.CreateIndex(
                name: "ix_editions_document_id_language2",
                schema: "publishing",
                table: "editions",
                columns: new[] { "document_id", "language" },
                unique: true,
                filter: "state in ('Draft','Returned','AwaitingFirstReview','AwaitingSecondReview','AwaitingRelease')");

            migrationBuilder.CreateIndex(
                name: "ix_editions_due",
                schema: "publishing",
                table: "editions",
                column: "publish_at",
                filter: "state = 'Scheduled'");

            migrationBuilder.CreateIndex(
                name: "ix_editions_queue",
                schema: "publishing",
                table: "editions",
                columns: new[] { "site_id", "state", "updated_at", "id" },
                filter: "state not in ('Superseded','Discarded')");

            migrationBuilder.CreateIndex(
                name: "ix_editions_take_down",
                schema: "publishing",
                table: "editions",
                column: "take_down_at",
                filter: "state = 'Live' and take_down_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_emergency_publications_edition_id",
                schema: "publishing",
                table: "emergency_publications",
                column: "edition_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_import_batches_site_id_started_at",
                schema: "publishing",
                table: "import_batches",
                columns: new[] { "site_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_listing_entries_document_id_language",
                schema: "publishing",
                table: "listing_entries",
                columns: new[] { "document_id", "language" });

            migrationBuilder.CreateIndex(
                name: "ix_listing_entries_site_id_published_at",
                schema: "publishing",
                table: "listing_entries",
                columns: new[] { "site_id", "published_at" });

            migrationBuilder.CreateIndex(
                name: "ix_media_items_site_id_uploaded_at_id",
                schema: "publishing",
                table: "media_items",
                columns: new[] { "site_id", "uploaded_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_pending",
                schema: "publishing",
                table: "outbox",
                column: "available_at",
                filter: "dispatched_at is null and parked_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_path_owners_target_id",
                schema: "publishing",
                table: "path_owners",
                column: "target_id");

            migrationBuilder.CreateIndex(
                name: "ix_published_media_document_id_language",
                schema: "publishing",
                table: "published_media",
                columns: new[] { "document_id", "language" });

            migrationBuilder.CreateIndex(
                name: "ix_published_pages_interprets",
                schema: "publishing",
                table: "published_pages",
                column: "interprets")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_published_pages_site_id_path",
                schema: "publishing",
                table: "published_pages",
                columns: new[] { "site_id", "path" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_published_pages_updated",
                schema: "publishing",
                table: "published_pages",
                columns: new[] { "site_id", "updated_at", "document_id" },
                filter: "status in ('Page','Withdrawn')");

            migrationBuilder.CreateIndex(
                name: "ix_reviews_edition_id_content_hash_person_id",
                schema: "publishing",
                table: "reviews",
                columns: new[] { "edition_id", "content_hash", "person_id" },
                unique: true,
                filter: "decision = 'Approved'");

            migrationBuilder.CreateIndex(
                name: "ix_reviews_edition_id_content_hash_stage",
                schema: "publishing",
                table: "reviews",
                columns: new[] { "edition_id", "content_hash", "stage" },
                unique: true,
                filter: "decision = 'Approved'");

            migrationBuilder.CreateIndex(
                name: "ix_search_number",
                schema: "publishing",
                table: "search_entries",
                column: "document_number",
                filter: "document_number is not null");

            migrationBuilder.CreateIndex(
                name: "ix_search_recent",
                schema: "publishing",
                table: "search_entries",
                columns: new[] { "published_at", "document_id" });

            migrationBuilder.CreateIndex(
                name: "ix_second_looks_emergency_publication_id",
                schema: "publishing",
                table: "second_looks",
                column: "emergency_publication_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "import_rejections",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "listing_entries",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "media_items",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "path_owners",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "published_media",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "published_pages",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "reviews",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "search_entries",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "second_looks",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "import_batches",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "emergency_publications",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "editions",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "channels",
                schema: "publishing");

            migrationBuilder.DropTable(
                name: "documents",
                schema: "publishing");
        }
    }
}
