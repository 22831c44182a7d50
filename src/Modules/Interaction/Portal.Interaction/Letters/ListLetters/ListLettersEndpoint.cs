using Carter;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Web;

namespace Portal.Interaction.Letters.ListLetters;

/// <summary>The lists of letters.</summary>
internal sealed class ListLettersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsolePage("/console/letters", async (
            string? set, string? kind, string? mailbox, string? q, int? age, string? cursor, ISender sender, CancellationToken cancellationToken) =>
        {
            var request = new ListLetters
            {
                Set = Named<LetterSet>(set),
                Kind = Named<LetterKind>(kind),
                MailboxId = Guid.TryParse(mailbox, out var id) ? id : null,
                Text = q ?? "",
                Age = age ?? 0,
                Cursor = cursor,
            };
            var list = await sender.Send(request, cancellationToken);
            return list.Succeeded ? ListLettersPage.Of(request, list.Value) : list.Failure.Page();
        });

    internal static TEnum? Named<TEnum>(string? text)
        where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(text, out var named) && Enum.IsDefined(named) ? named : null;
}
