using MediatR;
using Portal.Publishing.Documents.ListDocuments;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Publishing.Documents.ReadEdition;

/// <summary>An edition with everything its editing page shows.</summary>
public sealed record ReadEdition(Guid EditionId) : IRequest<Outcome<EditionView>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

/// <summary>An edition as its editing page shows it.</summary>
public sealed record EditionView
{
    /// <summary>The edition as a refusal names it.</summary>
    public FailureObject About => new("edition", EditionId.ToString(), Kept.Title);

    /// <summary>The edition.</summary>
    public required Guid EditionId { get; init; }

    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The site's name.</summary>
    public required string SiteName { get; init; }

    /// <summary>Its type.</summary>
    public required DocumentType Type { get; init; }

    /// <summary>Its number.</summary>
    public required int Number { get; init; }

    /// <summary>Where it stands.</summary>
    public required EditionState State { get; init; }

    /// <summary>The kept values in the form's shape.</summary>
    public required EditEdition.EditEdition Kept { get; init; }

    /// <summary>The body as a tree, for the editor.</summary>
    public required string BodyTree { get; init; }

    /// <summary>Channels the reader may write in, and the present one.</summary>
    public required IReadOnlyList<ChannelChoice> Channels { get; init; }

    /// <summary>The channel's path.</summary>
    public required string ChannelPath { get; init; }

    /// <summary>What it takes away, if it does.</summary>
    public UnpublishingKind? Unpublishing { get; init; }

    /// <summary>Why.</summary>
    public string? UnpublishingReason { get; init; }

    /// <summary>The reader may write where it stands.</summary>
    public required bool MayWrite { get; init; }

    /// <summary>The reader may change it now.</summary>
    public required bool MayEdit { get; init; }

    /// <summary>The reader may take it back from review.</summary>
    public required bool MayRecall { get; init; }

    /// <summary>Who saved last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Others who saved within the last quarter of an hour.</summary>
    public required IReadOnlyList<string> OthersHere { get; init; }

    /// <summary>Everybody who wrote in it.</summary>
    public required IReadOnlyList<string> Writers { get; init; }

    /// <summary>Reviews so far, oldest first.</summary>
    public required IReadOnlyList<ReadDocumentHistory.ReviewLine> Reviews { get; init; }

    /// <summary>What is still to be done before it can be submitted, and what is worth a look.</summary>
    public required IReadOnlyList<ChecklistItem> Checklist { get; init; }

    /// <summary>Titles of the policies it interprets, by id.</summary>
    public required IReadOnlyDictionary<Guid, string> Policies { get; init; }

    /// <summary>Files in use: name and kind by id.</summary>
    public required IReadOnlyDictionary<Guid, EditionFile> Files { get; init; }

    /// <summary>The live edition, to compare with.</summary>
    public Guid? LiveId { get; init; }

    /// <summary>An edition that waits for its time beside this one.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }
}

/// <summary>What a page says about a file.</summary>
public sealed record EditionFile(string Name, string MediaType, long Size);

/// <summary>A point of the checklist.</summary>
/// <param name="Done">Nothing to do.</param>
/// <param name="Required">Without it, submission is refused.</param>
/// <param name="Text">What it says.</param>
/// <param name="Anchor">Id of the place in the form.</param>
public sealed record ChecklistItem(bool Done, bool Required, string Text, string Anchor);

internal sealed class ReadEditionHandler(EditionReader reader) : IRequestHandler<ReadEdition, Outcome<EditionView>>
{
    public Task<Outcome<EditionView>> Handle(ReadEdition request, CancellationToken cancellationToken) =>
        reader.ReadAsync(request.EditionId, cancellationToken);
}
