using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;

namespace Portal.Interaction.Letters.Templates.InsertReplyTemplate;

/// <summary>Places a template below what is already written in the form of a reply. Nothing is kept by it.</summary>
public sealed record InsertReplyTemplate(Guid LetterId, Guid? TemplateId, LetterInput Input)
    : IRequest<Outcome<LetterInput>>, IRequirePermission
{
    /// <summary>The field in which one is chosen.</summary>
    public const string Field = "TemplateId";

    // Three permissions lead here; the scope asks for one of them.
    /// <inheritdoc />
    public static Permission Permission => Permission.UseConsole;
}

internal sealed class InsertReplyTemplateHandler(
    InteractionDbContext db, LetterScope scope, TemplateDesk desk, IStringLocalizer<ReplyTemplateText> text, IStringLocalizer<LetterText> names)
    : IRequestHandler<InsertReplyTemplate, Outcome<LetterInput>>
{
    public async Task<Outcome<LetterInput>> Handle(InsertReplyTemplate request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindAsync(request.LetterId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, _, _, parties) = reached.Value;
        if (!LetterFlow.Steps.Any(step => step.Trigger == LetterTrigger.Draft && step.Allows(parties)))
        {
            return Failure.Forbidden with { About = new FailureObject("letter", found.Letter.Id.ToString(), found.Letter.Number) };
        }

        var id = request.TemplateId;
        var words = await desk.For(found.Letter).Where(row => row.Id == id).Select(row => row.Text).SingleOrDefaultAsync(cancellationToken);
        if (words is null)
        {
            return Failure.Invalid(InsertReplyTemplate.Field, text["Fault.Choose"]);
        }

        var mailbox = await db.Mailboxes.AsNoTracking().Where(row => row.Id == found.Letter.MailboxId)
            .Select(row => row.Name).SingleAsync(cancellationToken);
        var filled = TemplateText.Fill(
            words, found, mailbox,
            (key, values) => key.StartsWith("Kind.", StringComparison.Ordinal) ? names[key].Value : text[key, values].Value);
        var typed = request.Input.Text.TrimEnd();
        return request.Input with { Text = typed.Length == 0 ? filled : typed + "\n\n" + filled };
    }
}
