using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Publishing.Documents.EditEdition;

/// <summary>Saves what a person wrote, by hand or by autosave.</summary>
public sealed record EditEdition : IRequest<Outcome<EditionSaved>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.WriteDocuments;

    /// <summary>The edition.</summary>
    public Guid EditionId { get; init; }

    /// <summary>The version the person worked from.</summary>
    public int Version { get; init; }

    /// <summary>Where it will stand.</summary>
    public Guid? ChannelId { get; init; }

    /// <summary>Last segment of its address.</summary>
    public string Slug { get; init; } = "";

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Summary; empty: cut from the body.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The body, as a tree or as plain text.</summary>
    public string Body { get; init; } = "";

    /// <summary><c>tree</c> when the editor wrote the body, otherwise plain text.</summary>
    public string BodyFormat { get; init; } = EditionBody.Plain;

    /// <summary>信息来源</summary>
    public string Source { get; init; } = "";

    /// <summary>作者</summary>
    public string Author { get; init; } = "";

    /// <summary>Keywords as typed.</summary>
    public string Keywords { get; init; } = "";

    /// <summary>The picture for lists and shared links.</summary>
    public Guid? CoverMediaId { get; init; }

    /// <summary>Files, in order.</summary>
    public IReadOnlyList<AttachmentRow> Attachments { get; init; } = [];

    /// <summary>Addresses or ids of the policies it interprets, one a line.</summary>
    public string Interprets { get; init; } = "";

    /// <summary>The type's own fields as typed.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>Local time at which it shall go live; empty: on release.</summary>
    public string PublishAt { get; init; } = "";

    /// <summary>Local time at which it shall be taken down; empty: never.</summary>
    public string TakeDownAt { get; init; } = "";

    /// <summary>Reads the form of the editing page.</summary>
    internal static EditEdition Read(Guid editionId, IFormCollection form)
    {
        var rows = Enumerable.Range(0, EditionRules.MaximumAttachments + 1)
            .Where(index => form.ContainsKey(AttachmentRow.MediaName(index)))
            .Select(index => new AttachmentRow(
                form.Id(AttachmentRow.MediaName(index)) ?? Guid.Empty,
                form.Text(AttachmentRow.NameName(index)),
                form.Flag(AttachmentRow.RemoveName(index))))
            .Where(row => !row.Remove)
            .ToList();
        return new EditEdition
        {
            EditionId = editionId,
            Version = form.Number("version"),
            ChannelId = form.Id(nameof(ChannelId)),
            Slug = form.Text(nameof(Slug)).Trim(),
            Title = form.Text(nameof(Title)),
            Summary = form.Text(nameof(Summary)),
            // The editor adds "body"; the plain box is "bodyText".
            Body = form.Text(form.ContainsKey("body") ? "body" : "bodyText"),
            BodyFormat = form.ContainsKey("body") ? EditionBody.Tree : EditionBody.Plain,
            Source = form.Text(nameof(Source)),
            Author = form.Text(nameof(Author)),
            Keywords = form.Text(nameof(Keywords)),
            CoverMediaId = form.Flag("RemoveCover") ? null : form.Id(nameof(CoverMediaId)),
            Attachments = rows,
            Interprets = string.Join(
                '\n', [form.Text(nameof(Interprets)), .. form["AddInterprets"].OfType<string>()]).Trim('\n'),
            Fields = form.Keys
                .Where(key => key.StartsWith("Fields[", StringComparison.Ordinal) && key.EndsWith(']'))
                .ToDictionary(key => key[7..^1], form.Text, StringComparer.Ordinal),
            PublishAt = form.Text(nameof(PublishAt)).Trim(),
            TakeDownAt = form.Text(nameof(TakeDownAt)).Trim(),
        };
    }
}

/// <summary>An attachment in the form.</summary>
/// <param name="MediaId">The media item.</param>
/// <param name="Name">The name readers see.</param>
/// <param name="Remove">To be left out.</param>
public sealed record AttachmentRow(Guid MediaId, string Name, bool Remove = false)
{
    internal static string MediaName(int index) => FormattableString.Invariant($"Attachments[{index}].MediaId");

    internal static string NameName(int index) => FormattableString.Invariant($"Attachments[{index}].Name");

    internal static string RemoveName(int index) => FormattableString.Invariant($"Attachments[{index}].Remove");
}

/// <summary>A save that was kept.</summary>
/// <param name="EditionId">The edition.</param>
/// <param name="Version">Its version now, for the next save.</param>
/// <param name="SavedAt">When.</param>
/// <param name="Notices">What was taken out of the text on the way, in the writer's language.</param>
public sealed record EditionSaved(Guid EditionId, int Version, DateTimeOffset SavedAt, IReadOnlyList<string> Notices);

internal sealed class EditEditionValidator : AbstractValidator<EditEdition>
{
    public EditEditionValidator(IStringLocalizer<DocumentText> text, TimeProvider clock)
    {
        RuleFor(form => form.Title).Line(EditionRules.MaximumTitle, text["Title.Required"], text["Title.TooLong"]);
        RuleFor(form => form.ChannelId).NotNull().WithMessage(text["Channel.Required"]);
        RuleFor(form => form.Slug).Must(slug => slug.Length <= EditionRules.MaximumSlug && FormRules.IsSlug(slug))
            .WithMessage(text["Slug.Wrong"]);
        RuleFor(form => form.Summary).OptionalLine(EditionRules.MaximumSummary, text["Summary.TooLong"]);
        RuleFor(form => form.Source).OptionalLine(EditionRules.MaximumSource, text["Source.TooLong"]);
        RuleFor(form => form.Author).OptionalLine(EditionRules.MaximumAuthor, text["Author.TooLong"]);
        RuleFor(form => form.Keywords).Must(FormRules.AreKeywords).WithMessage(text["Keywords.Wrong"]);
        RuleFor(form => form.Attachments).Must(files => files.Count <= EditionRules.MaximumAttachments)
            .WithMessage(text["Attachments.TooMany"]);
        RuleForEach(form => form.Attachments).Must(file => FormRules.Clean(file.Name) is { Length: > 0 } name
            && FormRules.Fits(name, 100)).WithMessage(text["Attachments.Name"]).OverridePropertyName("Attachments");
        RuleFor(form => form.PublishAt).Must(IsInstant).WithMessage(text["PublishAt.Wrong"]);
        RuleFor(form => form.TakeDownAt).Must(IsInstant).WithMessage(text["TakeDownAt.Wrong"]);
        RuleFor(form => form.TakeDownAt)
            .Must((form, down) => !ChinaTime.TryRead(down, out var end)
                || (end > clock.GetUtcNow() && !(ChinaTime.TryRead(form.PublishAt, out var start) && end <= start)))
            .WithMessage(text["TakeDownAt.Early"]);
    }

    private static bool IsInstant(string text) => text.Length == 0 || ChinaTime.TryRead(text, out _);
}
