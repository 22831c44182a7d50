using System.Security.Cryptography;
using System.Text;
using Portal.Publishing.Contracts;

namespace Portal.Interaction.Announcements;

/// <summary>What an area wants to lay before the public.</summary>
internal sealed record AnnouncementDraft
{
    public required Guid SiteId { get; init; }

    public required AnnouncementKind Kind { get; init; }

    /// <summary>The consultation, survey or interview.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Last segment of the document's address.</summary>
    public required string Slug { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    /// <summary>
    /// The day on which the activity counts towards the yearly quota (S-07, S-08): that on which a consultation or survey
    /// opens, that on which an interview was held. Null for results, notices of interviews, and what was cancelled.
    /// </summary>
    public DateOnly? CountsOn { get; init; }

    /// <summary>The text that is reviewed and read.</summary>
    public required IReadOnlyList<ComposedPart> Body { get; init; }

    public IReadOnlyList<ComposedFile> Files { get; init; } = [];

    /// <summary>The area's own content as canonical JSON; frozen with the announcement.</summary>
    public required string Content { get; init; }

    /// <summary>Whoever submits it has looked at the numbers of persons in it, and holds that they belong before the public.</summary>
    public bool NumbersSeen { get; init; }

    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Title + "\n" + Content)));
}

/// <summary>Where the document of a kind and subject stands.</summary>
internal enum AnnouncementStage
{
    /// <summary>Never submitted, or taken back by who submitted it.</summary>
    None,

    /// <summary>In the three reviews.</summary>
    UnderReview,

    /// <summary>A reviewer sent it back.</summary>
    Returned,

    /// <summary>Released, not public yet.</summary>
    Scheduled,

    /// <summary>Public, and nothing newer is under way.</summary>
    Published,

    /// <summary>It was public and was taken away.</summary>
    Withdrawn,
}

/// <summary>Where it stands.</summary>
/// <param name="Stage">The newest of it.</param>
/// <param name="EditionId">The edition under way, or else the live one: for the link to its reviews.</param>
/// <param name="Document">What the public has; null when nothing was ever submitted.</param>
internal sealed record AnnouncementStanding(AnnouncementStage Stage, Guid? EditionId, AnnouncedDocument? Document)
{
    /// <summary>Does the public have it now?</summary>
    public bool IsPublic => Document?.PublishedId is not null;

    /// <summary>May it be submitted now?</summary>
    public bool IsFree => Stage is not (AnnouncementStage.UnderReview or AnnouncementStage.Scheduled);
}
