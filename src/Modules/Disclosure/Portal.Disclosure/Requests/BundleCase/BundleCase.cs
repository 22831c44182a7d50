using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Disclosure.Requests.ReadRequest;
using Portal.Shared.Actors;
using Portal.Shared.Messaging;
using Portal.Shared.Outcomes;
using Portal.Shared.Submissions;
using Portal.Shared.Ui;
using Portal.Shared.Web;

namespace Portal.Disclosure.Requests.BundleCase;

/// <summary>The whole file of a case for 复议 or 诉讼: an index, the form, letters, files and every step. Recorded as a look.</summary>
public sealed record BundleCase(Guid RequestId, string Reason) : IRequest<Outcome<CaseBundle>>, IRequirePermission
{
    /// <inheritdoc />
    public static Permission Permission => Permission.HandleRequests;
}

/// <summary>A ZIP file.</summary>
public sealed record CaseBundle(string Name, byte[] Content);

internal sealed class BundleCaseHandler(
    DisclosureDbContext db, RequestScope scope, RequestWriter writer, RequestFiles files, RequestKeyring keyring,
    HtmlEncoder html, IStringLocalizer<RequestText> text) : IRequestHandler<BundleCase, Outcome<CaseBundle>>
{
    private static readonly JsonSerializerOptions Indented = new(MessageJson.Options) { WriteIndented = true };

    public async Task<Outcome<CaseBundle>> Handle(BundleCase request, CancellationToken cancellationToken)
    {
        var reached = await scope.FindWithPersonAsync(request.RequestId, cancellationToken);
        if (!reached.Succeeded)
        {
            return reached.Failure;
        }

        var (found, actor, _, _) = reached.Value;

        var reason = PublicText.Line(request.Reason);
        if (reason.Length == 0 || !PublicText.Fits(reason, 200))
        {
            return Failure.Invalid("BundleReason", text["Fault.BundleReason"]);
        }

        if (keyring.KeyOf(found.Request) is not { } key)
        {
            return Failure.Invalid("BundleReason", text["Fault.Erased"]);
        }

        var papers = await db.Papers.AsNoTracking().Where(paper => paper.RequestId == request.RequestId && paper.Kind != PaperKind.Draft)
            .OrderBy(paper => paper.Id).ToListAsync(cancellationToken);
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            var names = new List<(string File, RequestPaper Paper)>();
            foreach (var (paper, index) in papers.Select((paper, index) => (paper, index + 1)))
            {
                var name = await WriteAsync(zip, found, key, paper, index, cancellationToken);
                names.Add((name, paper));
            }

            Put(zip, text["Bundle.Steps"] + ".json", JsonSerializer.Serialize(found.Events.Select(StepOf), Indented));
            Put(zip, text["Bundle.Index"] + ".html", IndexOf(found, names));
        }

        writer.Note(found, RequestTrigger.Reveal, actor, text["Note.Bundle", reason]);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (RequestConflicts.IsOne(exception))
        {
            return new Failure(FailureKind.Conflict, [new FieldError("", text["Rule.Stale"])]);
        }

        return new CaseBundle(found.Request.Number + ".zip", content.ToArray());
    }

    private async Task<string> WriteAsync(
        ZipArchive zip, RequestCase found, byte[] key, RequestPaper paper, int index, CancellationToken cancellationToken)
    {
        var number = index.ToString("00", CultureInfo.InvariantCulture);
        switch (paper.Kind)
        {
            case PaperKind.Attachment or PaperKind.AnswerFile:
                var file = RequestFiles.Read<FilePaper>(key, paper);
                var name = $"{number}-{file.Name}";
                await using (var entry = await zip.CreateEntry(name).OpenAsync(cancellationToken))
                {
                    await entry.WriteAsync(await files.ReadFileAsync(key, paper, cancellationToken) ?? [], cancellationToken);
                }

                return name;
            case PaperKind.Application:
                return Put(zip, $"{number}-{text["Paper." + paper.Kind]}.html", ApplicationOf(found.Request, RequestFiles.Read<Applicant>(key, paper)));
            case PaperKind.Correction or PaperKind.Reasons:
                return Put(zip, $"{number}-{text["Paper." + paper.Kind]}.txt", RequestFiles.Read<string>(key, paper));
            default:
                var letter = RequestFiles.Read<Letter>(key, paper);
                return Put(zip, $"{number}-{text["Paper." + paper.Kind]}.html", Page(
                    letter.Title,
                    string.Concat(letter.Text.Split("\n\n").Skip(1).Select(line => $"<p>{html.Encode(line)}</p>\n"))));
        }
    }

    // As a court reads it: every field of the form under its name.
    private string ApplicationOf(InformationRequest request, Applicant applicant)
    {
        var body = new StringBuilder("<table>\n");
        foreach (var (label, value) in new[]
        {
            (text["Receipt.Number"], request.Number),
            (text["Receipt.Organisation"], request.OrganisationName),
            (text["Label.Channel"], text["Channel." + request.Channel].Value),
            (text["Column.At"], BeijingTime.Minute(request.SubmittedAt)),
            (text["Label.ApplicantKind"], text["Applicant." + request.ApplicantKind].Value),
            (text["Label.Name"], applicant.Name),
            (text["Document." + applicant.Document], applicant.DocumentNumber),
            (text["Label.Contact"], applicant.Contact),
            (text["Label.Phone"], applicant.Phone),
            (text["Label.Email"], applicant.Email),
            (text["Label.Address"], $"{applicant.Address} {applicant.PostCode}".Trim()),
            (text["Label.Help"], applicant.Help),
            (text["Column.Title"], applicant.TitleOf(request)),
            (text["Label.Reference"], request.DocumentNumber ?? ""),
            (text["Label.Description"], applicant.Description),
            (text["Label.Form"], $"{text["Form." + request.Form]}，{text["Delivery." + request.Delivery]}"),
        })
        {
            if (value.Length > 0)
            {
                body.Append(CultureInfo.InvariantCulture, $"<tr><th>{html.Encode(label)}</th><td>{html.Encode(value).ReplaceLineEndings("<br>")}</td></tr>\n");
            }
        }

        return Page(text["Paper." + PaperKind.Application], body.Append("</table>\n").ToString());
    }

    private string LimitOf(RequestCase found)
    {
        if (found.Reply is not { } reply)
        {
            return "";
        }

        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<h2>{text["Bundle.Limit"]}</h2>\n<p>{text["Bundle.Received", Iso(found.ReceivedOn)]}</p>\n");
        if (reply.DueOn is { } due)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p>{text["Bundle.Due", Iso(due), found.Calendar.Version]}</p>\n");
        }

        if (ReplyRows.Current.Find(found.Request.Outcome) is { } row)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p>{html.Encode(text["Case.Outcome", row.Code, row.Name])}</p>\n");
        }

        return body.ToString();
    }

    // As data, under the names that the pages use: a court has no list of our codes.
    private Dictionary<string, string> StepOf(RequestEvent step)
    {
        Dictionary<string, string> told = new(StringComparer.Ordinal)
        {
            [text["Bundle.Number"]] = step.Sequence.ToString(CultureInfo.InvariantCulture),
            [text["Bundle.Step"]] = StepNames.Of(text, step.Trigger, step.ActorName),
            [text["Column.State"]] = text["State." + step.State],
            [text["Bundle.At"]] = BeijingTime.Machine(step.At),
            [text["Bundle.Day"]] = Iso(step.Day),
            [text["Bundle.Person"]] = step.ActorName ?? text["Actor." + RequestFlow.Doer(step.Trigger)].Value,
        };
        foreach (var (name, value) in new[] { (text["Bundle.Unit"].Value, step.ActorUnit), (text["Bundle.Note"].Value, step.Note) })
        {
            if (value is { Length: > 0 })
            {
                told[name] = value;
            }
        }

        return told;
    }

    private static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private string IndexOf(RequestCase found, IReadOnlyList<(string File, RequestPaper Paper)> names)
    {
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<p>{html.Encode(found.Request.OrganisationName)} · {found.Request.Number}</p>\n");
        body.Append(LimitOf(found));
        body.Append(CultureInfo.InvariantCulture, $"<h2>{text["Case.Papers"]}</h2>\n<ol>\n");
        foreach (var (file, paper) in names)
        {
            body.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{html.Encode(Uri.EscapeDataString(file))}\">{html.Encode(text["Paper." + paper.Kind])}</a> {BeijingTime.Minute(paper.At)} {paper.ContentHash}</li>\n");
        }

        body.Append(CultureInfo.InvariantCulture, $"</ol>\n<h2>{text["Case.Course"]}</h2>\n<table>\n");
        foreach (var step in found.Events)
        {
            body.Append(CultureInfo.InvariantCulture, $"<tr><td>{step.Sequence}</td><td>{BeijingTime.Minute(step.At)}</td><td>{step.Day:yyyy-MM-dd}</td><td>{html.Encode(StepNames.Of(text, step.Trigger, step.ActorName))}</td><td>{html.Encode(text["State." + step.State])}</td><td>{html.Encode(step.ActorName ?? text["Actor." + RequestFlow.Doer(step.Trigger)].Value)}</td><td>{html.Encode(step.Note ?? "")}</td></tr>\n");
        }

        body.Append("</table>\n");
        return Page(found.Request.Title, body.ToString());
    }

    private string Page(string title, string body) =>
        $"<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{html.Encode(title)}</title></head>\n<body><h1>{html.Encode(title)}</h1>\n{body}</body></html>\n";

    private static string Put(ZipArchive zip, string name, string content)
    {
        using var entry = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        entry.Write(content);
        return name;
    }
}

internal sealed class BundleCaseEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapConsoleForm("/console/requests/{id:guid}/bundle", async (
            Guid id, IFormCollection form, ISender sender, CancellationToken cancellationToken) =>
        {
            var bundle = await sender.Send(new BundleCase(id, form.Text("BundleReason")), cancellationToken);
            return bundle.Succeeded ? Results.File(bundle.Value.Content, "application/zip", bundle.Value.Name)
                : bundle.Failure.Kind is FailureKind.Invalid or FailureKind.Conflict
                    ? await ReadRequestEndpoint.AnswerAsync(
                        id, null, null, new RequestInput { Trigger = RequestTrigger.Archive }, bundle.Failure, sender, cancellationToken)
                    : bundle.Failure.Page();
        });
}
