using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Outcomes;
using Portal.Shared.Web;

namespace Portal.Disclosure.Openness.RecordReason;

/// <summary>Says why something is or was late. It stays late: nothing edits that away.</summary>
public sealed record RecordReason(Guid ItemId, string Reason) : IRequest<Outcome<Done>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

internal sealed class RecordReasonValidator : AbstractValidator<RecordReason>
{
    public const int Longest = 500;

    // The public reads it: a word is no reason.
    public const int Shortest = 10;

    public RecordReasonValidator(IStringLocalizer<OpennessText> text) =>
        RuleFor(form => form.Reason).Must(reason => TypedText.Paragraphs(reason).Length is >= Shortest and <= Longest)
            .WithMessage(_ => text["Reason.Required", Shortest, Longest]);
}

internal sealed class RecordReasonHandler(
    DisclosureDbContext db, OpennessScope scope, IPageCache cache, TimeProvider clock, IStringLocalizer<OpennessText> text)
    : IRequestHandler<RecordReason, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(RecordReason request, CancellationToken cancellationToken)
    {
        var found = await scope.FindAsync(request.ItemId, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var (item, _, actor) = found.Value;
        if (!found.Value.MayExplain)
        {
            return Failure.Forbidden with { About = found.Value.About };
        }

        var now = clock.GetUtcNow();
        if (!item.IsLate(now))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Reason.NotLate"])]);
        }

        var reason = TypedText.Paragraphs(request.Reason);
        var last = await db.OpennessReasons.AsNoTracking().Where(row => row.ItemId == item.Id)
            .OrderByDescending(row => row.At).FirstOrDefaultAsync(cancellationToken);
        if (last is not null && last.PersonId == actor.Id && last.Reason == reason)
        {
            // The same form sent twice.
            return Done.Value;
        }

        db.OpennessReasons.Add(new OpennessReason
        {
            Id = Guid.CreateVersion7(now),
            SiteId = item.SiteId,
            ItemId = item.Id,
            Reason = reason,
            PersonId = actor.Id,
            PersonName = actor.Name,
            Unit = actor.Unit,
            At = now,
        });
        db.Record(Decision.By(
            actor, now, "disclosure.openness.explained", item.SiteId, "openness", item.Id.ToString(), item.Title, reason, null, [
                ("kind", item.Kind.ToString()),
                ("dueAt", item.DueAt.ToString("O")),
                ("doneAt", item.DoneAt?.ToString("O") ?? ""),
            ]));
        await db.SaveChangesAsync(cancellationToken);
        // The record shows it at once: as the document's, or as an entry of its own.
        await cache.EvictAsync([CacheTags.Document(item.SubjectId), CacheTags.DirectoryEntry(item.SubjectId)], cancellationToken);
        return Done.Value;
    }
}
