using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Disclosure.Requests;

/// <summary>How a request came in; decides from which day it counts (Regulation 711 art. 31, R-15).</summary>
public enum ReceiptChannel
{
    /// <summary>The form of the site: the day on which both sides have confirmed.</summary>
    Online,

    /// <summary>A registered letter: the day it was signed for.</summary>
    Post,

    /// <summary>A plain letter: the day on which it was confirmed with the applicant.</summary>
    PlainLetter,

    /// <summary>Fax: the day on which both sides have confirmed.</summary>
    Fax,

    /// <summary>Handed in: that day.</summary>
    InPerson,

    /// <summary>Told to staff, who fill in the form: that day.</summary>
    Oral,
}

/// <summary>Who asks: the columns of Table 3 of the annual report.</summary>
public enum ApplicantKind
{
    /// <summary>自然人</summary>
    NaturalPerson,

    /// <summary>商业企业</summary>
    Business,

    /// <summary>科研机构</summary>
    Research,

    /// <summary>社会公益组织</summary>
    Welfare,

    /// <summary>法律服务机构</summary>
    LegalService,

    /// <summary>其他</summary>
    Other,
}

/// <summary>How the information is wanted.</summary>
public enum WantedForm
{
    Paper,
    Electronic,
    Inspection,
}

/// <summary>By which way the answer goes to the applicant.</summary>
public enum DeliveryWay
{
    Online,
    Post,
    Email,
    Collect,
}

/// <summary>
/// A request for information 依申请公开. The row says what is asked and by which kind of applicant, never by whom: who asks
/// lies sealed in its papers under a key of its own. State, receipt, due date and closing are a cache of the events.
/// </summary>
internal sealed class InformationRequest
{
    public Guid Id { get; init; }

    public Guid SiteId { get; init; }

    /// <summary>The organisation that was asked, and its name then.</summary>
    public Guid OrganisationId { get; init; }

    public required string OrganisationName { get; init; }

    /// <summary><see cref="RequestNumber"/>; unique on the site, never changed or reused.</summary>
    public required string Number { get; init; }

    /// <summary>Identity of the form, so that a second click makes no second case.</summary>
    public Guid FormId { get; init; }

    /// <summary>Keyed hash of the follow-up code; the code itself is kept nowhere.</summary>
    public required string CodeHash { get; init; }

    public ReceiptChannel Channel { get; init; }

    public ApplicantKind ApplicantKind { get; init; }

    /// <summary>
    /// The name of what is asked for, numbers of persons masked, and its 文号. The words themselves are in the application.
    /// </summary>
    public required string Title { get; init; }

    public string? DocumentNumber { get; init; }

    public WantedForm Form { get; init; }

    public DeliveryWay Delivery { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Hash of the form as it was taken: what the receipt shows.</summary>
    public required string TextHash { get; init; }

    /// <summary>The data key of the papers, wrapped; null once the personal data is erased.</summary>
    public string? SealedKey { get; set; }

    /// <summary>Keyed hash of the applicant's document: finds repeats and counts a month; null once erased.</summary>
    public string? ApplicantHash { get; set; }

    public DateTimeOffset? ErasedAt { get; set; }

    public RequestState State { get; set; }

    public Guid? HandlerId { get; set; }

    public string? HandlerName { get; set; }

    /// <summary>收到之日 .</summary>
    public DateOnly? ReceivedOn { get; set; }

    /// <summary>The last day as it was last read, and with which calendar; null while the clock stands or has ended.</summary>
    public DateOnly? DueOn { get; set; }

    public string? CalendarVersion { get; set; }

    public DateOnly? ClosedOn { get; set; }

    /// <summary>What waits for the head of the office: a proposed extension or fee.</summary>
    public RequestTrigger? Awaits { get; set; }

    /// <summary>The row of Table 3, chosen once.</summary>
    public string? Outcome { get; set; }

    public int Version { get; set; }
}

internal sealed class InformationRequestConfiguration : IEntityTypeConfiguration<InformationRequest>
{
    public const string OneNumber = "ux_requests_number";
    public const string OneForm = "ux_requests_form";

    public void Configure(EntityTypeBuilder<InformationRequest> builder)
    {
        builder.ToTable("requests", table => table.HasCheckConstraint(
            "ck_requests_outcome",
            "outcome is not null or closed_on is null and state not in ('Answered', 'Delivered', 'Abandoned', 'Withdrawn', 'Archived')"));
        builder.HasKey(request => request.Id);
        builder.Property(request => request.OrganisationName).HasMaxLength(100);
        builder.Property(request => request.Number).HasMaxLength(30);
        builder.Property(request => request.CodeHash).HasMaxLength(64);
        builder.Property(request => request.Channel).HasConversion<string>().HasMaxLength(16);
        builder.Property(request => request.ApplicantKind).HasConversion<string>().HasMaxLength(16);
        builder.Property(request => request.Title).HasMaxLength(400);
        builder.Property(request => request.DocumentNumber).HasMaxLength(200);
        builder.Property(request => request.Form).HasConversion<string>().HasMaxLength(16);
        builder.Property(request => request.Delivery).HasConversion<string>().HasMaxLength(16);
        builder.Property(request => request.TextHash).HasMaxLength(64);
        builder.Property(request => request.SealedKey).HasMaxLength(1000);
        builder.Property(request => request.ApplicantHash).HasMaxLength(64);
        builder.Property(request => request.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(request => request.HandlerName).HasMaxLength(60);
        builder.Property(request => request.CalendarVersion).HasMaxLength(60);
        builder.Property(request => request.Outcome).HasMaxLength(8);
        builder.Property(request => request.Awaits).HasConversion<string>().HasMaxLength(24);
        builder.Property(request => request.Version).IsConcurrencyToken();
        builder.HasIndex(request => new { request.SiteId, request.Number }).IsUnique().HasDatabaseName(OneNumber);
        builder.HasIndex(request => request.FormId).IsUnique().HasDatabaseName(OneForm);
        builder.HasIndex(request => new { request.SiteId, request.SubmittedAt, request.Id })
            .HasDatabaseName("ix_requests_newest");
        builder.HasIndex(request => new { request.SiteId, request.DueOn, request.Id })
            .HasDatabaseName("ix_requests_due").HasFilter("due_on is not null");
        builder.HasIndex(request => new { request.OrganisationId, request.ReceivedOn })
            .HasDatabaseName("ix_requests_received");
        builder.HasIndex(request => new { request.SiteId, request.ApplicantHash, request.SubmittedAt })
            .HasDatabaseName("ix_requests_applicant").HasFilter("applicant_hash is not null");
        builder.HasIndex(request => request.HandlerId)
            .HasDatabaseName("ix_requests_handler").HasFilter("closed_on is null");
    }
}
