using System.IO.Compression;
using System.Net;
using MiniExcelLibs;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;

namespace Portal.Audit.Tests.Register;

[Trait("Kind", "Database")]
public sealed class ExportReviewsTests(AuditHost host) : IClassFixture<AuditHost>
{
    private const string Path = "/console/audit/register/export";

    [Fact]
    public async Task The_workbook_holds_the_filtered_register_as_text()
    {
        var edition = Guid.CreateVersion7();
        string[] dangerous = ["=cmd|'/c calc'!A1", "+1+1", "-2", "@SUM(A1)", "\t=1", "$=1+1", "\u0001<&>\u202e"];
        await host.SealAsync(
            [.. dangerous.Select(opinion => host.Edition("first-reviewed", edition, opinion: opinion)),
             Checked(host.Edition("first-reviewed", edition, opinion: "已核对。")),
             host.Edition("submitted", Guid.CreateVersion7())]);
        var browser = await host.SignInAs(await host.Data.Staff(Role.Auditor));

        var answer = await browser.Post(Path, new() { ["title"] = edition.ToString("N") }, "/console/audit/register");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("filename*=UTF-8''", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        using var stream = new MemoryStream(answer.Bytes);
        var rows = stream.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(dangerous.Length + 1, rows.Count);
        Assert.Equal("已完成", rows[0]["保密审查"]);
        Assert.Equal(dangerous[..^1].Reverse(), rows.Skip(2).Select(row => row["意见"]));
        Assert.All(rows, row => Assert.Equal("初审通过", row["环节"]));
        stream.Position = 0;
        using var archive = new ZipArchive(stream);
        using var sheet = new StreamReader(archive.Entries.Single(part => part.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal)).Open());
        var xml = await sheet.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<x:f", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", xml, StringComparison.Ordinal);
    }

    private static DecisionTaken Checked(DecisionTaken review) => review with
    {
        Facts = new SortedDictionary<string, string>(review.Facts.ToDictionary()) { ["secrecy"] = "Checked" },
    };

    [Fact]
    public async Task Taking_the_register_away_is_recorded()
    {
        var edition = Guid.CreateVersion7();
        await host.SealAsync(host.Edition("submitted", edition));
        var auditor = await host.Data.Staff(Role.Auditor);
        var browser = await host.SignInAs(auditor);

        await browser.Post(Path, new() { ["title"] = edition.ToString("N") }, "/console/audit/register");
        await host.DrainOutbox();

        var page = await browser.Get($"/console/audit/entries?action=audit.register.exported&actor={auditor.Name}");
        Assert.Contains("导出审核登记", page.Document.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_exports_without_permission_or_token()
    {
        var auditor = await host.SignInAs(await host.Data.Staff(Role.Auditor));
        var author = await host.SignInAs(await host.Data.Staff(Role.Author));

        Assert.Equal(HttpStatusCode.BadRequest, (await auditor.PostRaw(Path, [])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await author.Post(Path, [], "/console/account/password")).Status);
    }
}
