using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;

namespace Portal.Disclosure.Requests.TakeStep;

/// <summary>Takes a step in a case: one handler for all that <see cref="RequestFlow"/> lists.</summary>
public sealed record TakeStep(Guid RequestId, RequestInput Input) : IRequest<Outcome<RequestTrigger>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;

    /// <summary>Files of the answer, as they were sent.</summary>
    public IReadOnlyList<SentFile> Files { get; init; } = [];
}

internal sealed class TakeStepValidator : AbstractValidator<TakeStep>
{
    public TakeStepValidator(IStringLocalizer<RequestText> text) => RuleFor(form => form.Files).Files(text);
}

internal sealed class TakeStepHandler(
    DisclosureDbContext db, RequestScope scope, RequestWriter writer, RequestIntake intake, ISender sender,
    IStringLocalizer<RequestText> text)
    : IRequestHandler<TakeStep, Outcome<RequestTrigger>>
{
    public async Task<Outcome<RequestTrigger>> Handle(TakeStep request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.RequestId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, site, parties) = reached.Value;
        var input = request.Input;
        if (input.Trigger is RequestTrigger.Reveal || RequestFlow.Steps.All(step => step.Trigger != input.Trigger))
        {
            return Failure.NotFound;
        }

        // Who may never do it is told so before anything about the case.
        if (!RequestFlow.Steps.Where(step => step.Trigger == input.Trigger).Any(step => step.Allows(parties)))
        {
            return Failure.Forbidden;
        }

        if (input.Version != found.Request.Version)
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Rule.Stale"])]);
        }

        if (input.Trigger == RequestTrigger.Assign && input.HandlerId is { } colleague)
        {
            var person = (await sender.Send(new Host.Contracts.ListSiteStaff(site.Path), cancellationToken))
                .FirstOrDefault(staff => staff.Id == colleague);
            input = person is null ? input with { HandlerId = null } : input with { HandlerName = person.Name };
        }

        var attached = await intake.InspectAsync(request.Files, nameof(request.Files), null, cancellationToken);
        if (!attached.Succeeded)
        {
            return attached.Failure;
        }

        input = input with { Files = attached.Value };
        var taken = await writer.TakeAsync(found, input, parties, actor, cancellationToken);
        if (!taken.Succeeded)
        {
            return taken.Failure;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (RequestConflicts.IsOne(exception))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Rule.Stale"])]);
        }

        return input.Trigger;
    }
}
