using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Text;
using Portal.Shared.Web;

namespace Portal.Interaction.Consultations.ReadResult;

/// <summary>The released result of a consultation.</summary>
public sealed record ReadResult(string Key) : IRequest<Outcome<ConsultationResult>>, IPublicRequest;

/// <summary>The result.</summary>
public sealed record ConsultationResult(
    string Key, string Title, ConsultationReport Report, string Unit, DateOnly ReportedOn, string? Path);

internal sealed class ReadResultHandler(ConsultationReader reader)
    : IRequestHandler<ReadResult, Outcome<ConsultationResult>>
{
    public async Task<Outcome<ConsultationResult>> Handle(ReadResult request, CancellationToken cancellationToken)
    {
        var found = await reader.FindAsync(request.Key, cancellationToken);
        return !found.Succeeded ? found.Failure
            : found.Value is { State: ConsultationState.Reported, Report: { } report, ReportedOn: { } day } row
                ? new ConsultationResult(row.Key, row.Title, report, row.Released!.Unit, day, row.ReportPath)
                : Failure.NotFound;
    }
}

/// <summary>意见征集结果, as a page and as a table of counts.</summary>
internal sealed class ReadResultEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapPublicPage("/consultations/{key}/result", ShowAsync).AddEndpointFilter<OpenSiteFilter>();
        app.MapPublicPage("/consultations/{key}/result.csv", WriteAsync).AddEndpointFilter<OpenSiteFilter>();
    }

    private static async Task<IResult> ShowAsync(
        string key, HttpContext http, ICurrentSite current, ISender sender, CancellationToken cancellationToken)
    {
        var found = await FindAsync(key, http, current, sender, cancellationToken);
        return found.Succeeded ? ReadResultPage.Of(found.Value) : Results.StatusCode(found.Failure.Status());
    }

    private static async Task<IResult> WriteAsync(
        string key, HttpContext http, ICurrentSite current, ISender sender, ReportBuilder reports, CancellationToken cancellationToken)
    {
        var found = await FindAsync(key, http, current, sender, cancellationToken);
        return found.Succeeded
            ? Results.File(CsvTable.Write(reports.Rows(found.Value.Report)), CsvTable.MediaType, key + ".csv")
            : Results.StatusCode(found.Failure.Status());
    }

    private static Task<Outcome<ConsultationResult>> FindAsync(
        string key, HttpContext http, ICurrentSite current, ISender sender, CancellationToken cancellationToken)
    {
        http.Tag(CacheTags.Interaction(current.Site!.Id));
        return sender.Send(new ReadResult(key), cancellationToken);
    }
}
