using System.Net;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Settings;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Throttling;
using Portal.Shared.Web;

namespace Portal.Interaction.ErrorReports.SubmitErrorReport;

/// <summary>An error of a page, reported by whoever reads it (G-35). No account is needed.</summary>
public sealed record SubmitErrorReport : ErrorReportFields, IRequest<Outcome<SentErrorReport>>, IPublicRequest
{
    /// <summary>A field that people do not see.</summary>
    public string Website { get; init; } = "";

    /// <summary>A turn that was given to this form when too many reports came at once.</summary>
    public string Turn { get; init; } = "";

    /// <summary>The answer to the puzzle of the turn, from a script; nobody has to have one.</summary>
    public string TurnAnswer { get; init; } = "";

    /// <summary>Where it came from; never kept.</summary>
    public IPAddress? Sender { get; init; }
}

/// <summary>What became of the sending: the report is taken, or has its turn later.</summary>
/// <param name="Receipt">The report was taken.</param>
/// <param name="Turn">It was not: the turn to send it with.</param>
/// <param name="At">From when on the turn is good (UTC).</param>
public sealed record SentErrorReport(ErrorReceipt? Receipt, string? Turn = null, DateTimeOffset? At = null);

internal sealed class SubmitErrorReportValidator : AbstractValidator<SubmitErrorReport>
{
    public SubmitErrorReportValidator(IStringLocalizer<ErrorReportText> text) => ErrorReportFieldRules.Apply(this, text);
}

internal sealed class SubmitErrorReportHandler(
    ErrorReportIntake intake,
    PagesOfReports pages,
    ErrorReportForms forms,
    Throttle<InteractionDbContext> throttle,
    ICurrentSite current,
    ISettings settings,
    IStringLocalizer<ErrorReportText> text,
    TimeProvider clock) : IRequestHandler<SubmitErrorReport, Outcome<SentErrorReport>>
{
    public async Task<Outcome<SentErrorReport>> Handle(SubmitErrorReport request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (forms.ReadForm(request.FormToken) is not { } issued)
        {
            return Failure.Invalid("", text["Fault.FormOld"]);
        }

        var (page, fault) = await pages.FindAsync(request.Page, request.Document, cancellationToken);
        if (await intake.TakenAsync(request, issued, page, cancellationToken) is { } taken)
        {
            return taken.Succeeded ? new SentErrorReport(taken.Value) : taken.Failure;
        }

        if (page is null)
        {
            return Failure.Invalid(nameof(request.Page), text[fault!]);
        }

        // Whatever is odd about a report marks it for the person who reads it first; nothing refuses it.
        List<string> odd = [];
        if (request.Website.Length > 0)
        {
            odd.Add("honeypot");
        }

        var now = clock.GetUtcNow();
        if (now - issued.IssuedAt < PublicForms.Quickest)
        {
            odd.Add("quick");
        }

        // Who comes when a network is full gets a turn, and what was written stays.
        var admission = await throttle.TakeAsync(
            "error-net", site.Id + NetworkBlock.Of(request.Sender), settings.For<ErrorReportSettings>(site.Id).PerNetworkAndHour,
            TimeSpan.FromHours(1), cancellationToken);
        if (!admission.Granted)
        {
            var bits = settings.For<PuzzleSettings>(site.Id).BitsFor(admission.AgainAt!.Value - now, odd.Count > 0);
            if (forms.Queue(issued.Id, request.Turn, request.TurnAnswer, admission.AgainAt.Value, bits) is { } turn)
            {
                return new SentErrorReport(null, turn.Token, turn.At);
            }

            odd.Add("network");
        }

        return new SentErrorReport(await intake.TakeAsync(
            request, issued, page, ErrorSource.Visitor, odd.Count == 0 ? null : string.Join(' ', odd), null, cancellationToken));
    }
}
