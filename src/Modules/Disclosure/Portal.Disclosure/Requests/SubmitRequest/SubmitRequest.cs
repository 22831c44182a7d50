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
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Disclosure.Requests.SubmitRequest;

/// <summary>A request for information, sent through the site .</summary>
public sealed record SubmitRequest : RequestFields, IRequest<Outcome<RequestReceipt>>, IPublicRequest
{
    /// <summary>A field that people do not see; what fills it in is asked to send again.</summary>
    public string Website { get; init; } = "";

    /// <summary>Where it came from.</summary>
    public IPAddress? Sender { get; init; }
}

internal sealed class SubmitRequestValidator : AbstractValidator<SubmitRequest>
{
    public SubmitRequestValidator(IStringLocalizer<RequestText> text) => RequestFieldRules.Apply(this, text);
}

internal sealed class SubmitRequestHandler(
    RequestIntake intake,
    RequestForms forms,
    Throttle<DisclosureDbContext> throttle,
    ICurrentSite current,
    ISettings settings,
    IStringLocalizer<RequestText> text,
    TimeProvider clock) : IRequestHandler<SubmitRequest, Outcome<RequestReceipt>>
{
    /// <summary>The field of an error that asks to wait: the form is shown again as it was filled in.</summary>
    public const string Slow = "Slow";

    public async Task<Outcome<RequestReceipt>> Handle(SubmitRequest request, CancellationToken cancellationToken)
    {
        if (current.Site is not { } site)
        {
            return Failure.NotFound;
        }

        if (forms.ReadForm(request.FormToken) is not { } issued)
        {
            return Failure.Invalid("", text["Fault.FormOld"]);
        }

        if (await intake.FindAsync(issued, cancellationToken) is { } taken)
        {
            return taken;
        }

        if (request.Website.Length > 0 || clock.GetUtcNow() - issued.IssuedAt < RequestForms.Quickest)
        {
            return Failure.Invalid("", text["Fault.Again"]);
        }

        var limits = settings.For<RequestSettings>(site.Id);
        if (!(await throttle.TakeAsync(
                "net", site.Id + NetworkBlock.Of(request.Sender), limits.PerNetworkAndHour, TimeSpan.FromHours(1), cancellationToken)).Granted)
        {
            return Failure.Invalid(Slow, text["Fault.Slow"]);
        }

        var attached = await intake.InspectAsync(request.Files, nameof(request.Files), RequestIntake.ProofKinds, cancellationToken);
        if (!attached.Succeeded)
        {
            return attached.Failure;
        }

        // Last, so that a form that was sent back for anything else has not been sent.
        if (!(await throttle.TakeAsync(
                "content", string.Join('\n', site.Id, IdentityRules.Normalise(request.DocumentNumber), PublicText.Line(request.Title), PublicText.Paragraphs(request.Description)),
                limits.SameContentPerDay, TimeSpan.FromDays(1), cancellationToken)).Granted)
        {
            return Failure.Invalid(Slow, text["Fault.Same"]);
        }

        return await intake.TakeAsync(
            request, issued, attached.Value, site, ReceiptChannel.Online, BeijingTime.Date(clock.GetUtcNow()), null, null, cancellationToken);
    }
}
