using System.Globalization;
using System.IO.Compression;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Portal.Shared.Actors;
using Portal.Shared.Outcomes;
using Portal.Shared.Sites;
using Portal.Shared.Submissions;
using Portal.Shared.Text;
using Portal.Shared.Web;

namespace Portal.Interaction.HotTopics.Signals.ImportSignals;

/// <summary>
/// The import of a table: a file is read and shown with its faults, and taken when that is confirmed. The page carries the
/// file meanwhile, packed; it is read anew each time, so that nothing need be trusted or kept.
/// </summary>
internal sealed class ImportSignalsEndpoint : ICarterModule
{
    private const string Route = "/console/hot-topics/signals/import";
    private const string Csv = CsvTable.MediaType;
    private const long LargestForm = 4L * 1024 * 1024;
    private const int LargestPacked = 1024 * 1024;

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapConsolePage(Route, (ICurrentActor current, ICurrentSite site) => MayImport(current, site)
            ? ImportSignalsPage.Of(null, "", null)
            : Results.StatusCode(StatusCodes.Status403Forbidden));
        app.MapConsolePage(Route + "/template", (ICurrentActor current, ICurrentSite site, SignalTable table) => MayImport(current, site)
            ? Results.File(CsvTable.Write([table.Columns, table.Example]), Csv, "signals.csv")
            : Results.StatusCode(StatusCodes.Status403Forbidden));
        app.MapConsoleForm(Route, ImportAsync)
            .WithFormOptions(multipartBodyLengthLimit: LargestForm, valueLengthLimit: LargestPacked)
            .WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        app.MapConsoleForm(Route + "/faults", FaultsAsync)
            .WithFormOptions(multipartBodyLengthLimit: LargestForm, valueLengthLimit: LargestPacked)
            .WithMetadata(new RequestSizeLimitAttribute(LargestForm));
    }

    private static async Task<IResult> ImportAsync(
        IFormCollection form, ISender sender, CancellationToken cancellationToken)
    {
        var take = form.Flag("Take");
        var content = take ? Unpacked(form.Text("Packed"))
            : (await form.FilesAsync("File", cancellationToken)) is [var file, ..] ? file.Content : [];
        var report = await sender.Send(new ImportSignals { Content = content, Take = take }, cancellationToken);
        return report.Succeeded ? ImportSignalsPage.Of(report.Value, take ? "" : Packed(content), null)
            : report.Failure.Kind == FailureKind.Invalid ? ImportSignalsPage.Of(null, "", report.Failure)
            : report.Failure.Page();
    }

    private static async Task<IResult> FaultsAsync(
        IFormCollection form, ISender sender, IStringLocalizer<SignalText> text, CancellationToken cancellationToken)
    {
        var report = await sender.Send(new ImportSignals { Content = Unpacked(form.Text("Packed")) }, cancellationToken);
        return report.Succeeded
            ? Results.File(
                CsvTable.Write([
                    [text["Fault.Line"], text["Fault.Column"], text["Fault.Message"]],
                    .. report.Value.Faults.Select(fault =>
                        (string[])[fault.Line.ToString(CultureInfo.InvariantCulture), fault.Column, fault.Message]),
                ]),
                Csv, "faults.csv")
            : report.Failure.Page();
    }

    private static bool MayImport(ICurrentActor current, ICurrentSite site) =>
        site.Site is { } info && current.Actor?.Can(Permission.ManageHotTopics, info) == true;

    private static string Packed(byte[] content)
    {
        // What is too large to be read is not carried on either.
        if (content.Length > SignalTable.MostBytes)
        {
            return "";
        }

        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(content);
        }

        return Convert.ToBase64String(packed.ToArray());
    }

    // What a page of ours did not make is nothing; what unfolds to more than a file may have is read no further.
    private static byte[] Unpacked(string packed)
    {
        try
        {
            using var zip = new GZipStream(new MemoryStream(Convert.FromBase64String(packed), writable: false), CompressionMode.Decompress);
            var content = new byte[SignalTable.MostBytes + 1];
            var length = zip.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return content[..length];
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            return [];
        }
    }
}
