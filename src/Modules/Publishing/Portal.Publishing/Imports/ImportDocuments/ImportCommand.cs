using System.CommandLine;
using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Host.Contracts;
using Portal.Shared.Commands;
using Portal.Shared.Sites;

namespace Portal.Publishing.Imports.ImportDocuments;

/// <summary><c>import documents FILE --site KEY --channel PATH [--approved-by USER] [--dry-run]</c>.</summary>
internal sealed class ImportCommand : ICommandLine
{
    private const int ShownRejections = 50;

    public Command Build(IServiceProvider services)
    {
        var file = new Argument<FileInfo>("file")
        {
            Description = "JSON lines, plain or gzip. Each line is an object with id, title, body (Markdown) and, where "
                + "known, date (YYYY-MM-DD, not in the future) and history (a list of strings, an act each): docs/import.md.",
        };
        var site = new Option<string>("--site") { Required = true, Description = "Key of the site." };
        var channel = new Option<string>("--channel") { Required = true, Description = "Path of the channel." };
        var approver = new Option<string?>("--approved-by")
        {
            Description = "User name of the person who approved the import as a whole; recorded with it. Without it the "
                + "record names the account on this machine that ran the import.",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Read and check everything, write nothing." };
        var documents = new Command("documents", "Imports documents that were published elsewhere before.")
        {
            file, site, channel, approver, dryRun,
        };
        documents.SetAction(async (result, cancellationToken) =>
        {
            var configuration = result.InvocationConfiguration;
            await using var scope = services.CreateAsyncScope();
            var (request, problem) = await PrepareAsync(
                scope.ServiceProvider,
                result.GetRequiredValue(file),
                result.GetRequiredValue(site),
                result.GetRequiredValue(channel),
                result.GetValue(approver),
                result.GetValue(dryRun),
                cancellationToken);
            if (request is null)
            {
                await configuration.Error.WriteLineAsync(problem);
                return 1;
            }

            if (request is { ApprovedBy: null, DryRun: false })
            {
                await configuration.Error.WriteLineAsync(
                    $"No approver is named (--approved-by): the record will name {request.ApprovedByName}.");
            }

            return await RunAsync(scope.ServiceProvider, request, configuration, cancellationToken);
        });
        return new Command("import", "Brings content in from files.") { documents };
    }

    private static async Task<(ImportRequest? Request, string Problem)> PrepareAsync(
        IServiceProvider services, FileInfo file, string siteKey, string channelPath, string? approver, bool dryRun,
        CancellationToken cancellationToken)
    {
        var sites = services.GetRequiredService<ISites>();
        await sites.EnsureLoadedAsync(cancellationToken);
        if (!file.Exists)
        {
            return (null, $"There is no file {file.FullName}.");
        }

        if (sites.ByKey(siteKey) is not { } site)
        {
            return (null, $"There is no site {siteKey}. Sites: {string.Join(' ', sites.All.Select(one => one.Key))}");
        }

        var db = services.GetRequiredService<PublishingDbContext>();
        var path = channelPath.Trim('/');
        var channel = await db.Channels.AsNoTracking()
            .SingleOrDefaultAsync(row => row.SiteId == site.Id && row.Path == path, cancellationToken);
        if (channel is null || channel.ClosedAt is not null)
        {
            return (null, $"The site {siteKey} has no open channel {path}.");
        }

        if (approver is null)
        {
            return (new ImportRequest(file.FullName, site, channel, null, Environment.UserName, dryRun), "");
        }

        var people = await services.GetRequiredService<ISender>().Send(new FindStaff([approver]), cancellationToken);
        var person = people.SingleOrDefault();
        return person is null ? (null, $"There is no staff account {approver}.")
            : !site.Path.Any(person.ImportSites.Contains)
                ? (null, $"{person.Name} ({approver}) may not approve imports into {siteKey}.")
                : (new ImportRequest(file.FullName, site, channel, person.Id, person.Name, dryRun), "");
    }

    private static async Task<int> RunAsync(
        IServiceProvider services, ImportRequest request, InvocationConfiguration configuration,
        CancellationToken cancellationToken)
    {
        var import = services.GetRequiredService<ImportDocuments>();
        var clock = services.GetRequiredService<TimeProvider>();
        var started = clock.GetTimestamp();
        ImportReport? report = null;
        try
        {
            await services.GetRequiredService<IProgressDisplay>().RunAsync(
                "import", null,
                async progress => report = await import.RunAsync(request, progress, cancellationToken));
        }
        catch (InvalidDataException exception)
        {
            await configuration.Error.WriteLineAsync(request.DryRun
                ? exception.Message
                : $"{exception.Message} What was imported before stays; a second run goes on from there.");
            return 1;
        }

        foreach (var rejection in report!.Rejections.Take(ShownRejections))
        {
            await configuration.Error.WriteLineAsync($"line {rejection.Line}: {rejection.Reason}");
        }

        if (report.Rejections.Count > ShownRejections)
        {
            await configuration.Error.WriteLineAsync(
                $"… and {report.Rejections.Count - ShownRejections} more; all are kept with batch {report.BatchId}.");
        }

        var seconds = clock.GetElapsedTime(started).TotalSeconds;
        await configuration.Output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{(request.DryRun ? "Would import" : "Imported")} {report.Imported}, unchanged {report.Unchanged}, rejected {report.Rejections.Count}, in {seconds:F1} s ({report.Imported / Math.Max(seconds, 0.001):F0} a second)."));
        return report.Rejections.Count == 0 ? 0 : 2;
    }
}
