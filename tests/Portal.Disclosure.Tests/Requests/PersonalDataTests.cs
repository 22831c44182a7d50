using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Disclosure.Requests;
using Portal.Disclosure.Requests.EraseApplicants;
using Portal.Shared.Actors;
using Portal.Shared.Submissions;
using Portal.Testing;

namespace Portal.Disclosure.Tests.Requests;

/// <summary>Who asks: sealed, masked, looked at on the record, and erased by destroying a key.</summary>
public sealed class PersonalDataTests(RequestDesk desk) : IClassFixture<RequestDesk>
{
    private const string Name = "欧阳不在册";
    private const string Phone = "13800009876";
    private const string Street = "云岭省云浦市绝密巷4321号";
    private const string Story = "因本人离婚诉讼需要，请提供";
    private static readonly string[] Secrets = [RequestDesk.IdNumber, Name, Phone, "绝密巷4321号", Story];

    [Fact]
    public async Task A_planted_person_is_in_no_table_no_page_no_list_and_no_fact()
    {
        var (officer, head) = (await desk.Officer(), await desk.Head());
        var request = await Plant("台账资料" + RequestDesk.IdNumber);
        await desk.Taken(officer, request.Id, RequestTrigger.Confirm, ("Note", $"已电话{Phone}确认，证件{RequestDesk.IdNumber}"));
        await desk.Taken(officer, request.Id, RequestTrigger.TakeOn);
        await desk.Taken(officer, request.Id, RequestTrigger.Draft, ("Outcome", "3.1"), ("Content", "见附件。"));
        await desk.Taken(officer, request.Id, RequestTrigger.SubmitAnswer);
        await desk.Taken(head, request.Id, RequestTrigger.ApproveAnswer);
        await desk.DrainOutbox();

        // Also what was written into the name of the information: the row keeps it masked, the words lie with the papers.
        string[] sealedOnes = [Name, Phone, "绝密巷4321号", Story, RequestDesk.IdNumber];
        Assert.Empty(await Dump.TablesHolding(desk.OwnerConnection, sealedOnes));
        Assert.Equal("台账资料**************" + RequestDesk.IdNumber[^4..], (await desk.Find(request.Id)).Title);
        Assert.Contains("台账资料" + RequestDesk.IdNumber, await desk.Letter(request.Id, PaperKind.Reply), StringComparison.Ordinal);

        var visitor = desk.Visitor(RequestDesk.SiteKey);
        foreach (var path in new[] { "/", "/disclosure", "/disclosure/requests", "/disclosure/requests/new", "/disclosure/requests/follow", "/search?q=" + Uri.EscapeDataString(Name), "/sitemap", "/sitemap.xml", "/disclosure/feed.xml" })
        {
            Holds(await visitor.Get(path), path);
        }

        foreach (var person in new[] { officer, head })
        {
            var browser = await desk.As(person);
            foreach (var path in new[] { "/console", "/console/requests?set=All", "/console/requests?set=All&q=" + Uri.EscapeDataString("台账资料") })
            {
                Holds(await browser.Get(path), path);
            }

            // What is asked for, staff must read; whatever looks like a person's number in it is masked.
            var page = await browser.Get($"/console/requests/{request.Id}");
            Assert.All(Secrets.Except([Story]), secret => Assert.DoesNotContain(secret, page.Text, StringComparison.Ordinal));
        }

        var auditor = await desk.As(await desk.Data.Staff(Role.Auditor));
        Holds(await auditor.Get("/console/audit/entries"), "trail");
        Holds(await auditor.Get($"/console/audit/objects/disclosure-request/{request.Id}"), "trail of the case");
    }

    [Fact]
    public async Task Only_who_handles_the_case_sees_the_person_and_each_look_is_a_step()
    {
        var officer = await desk.Officer();
        var request = await Plant("查看记录");
        await desk.Taken(officer, request.Id, RequestTrigger.Confirm);
        var other = await desk.Data.Staff(Role.RequestOfficer, RequestDesk.SiteKey);

        var masked = await (await desk.As(officer)).Get($"/console/requests/{request.Id}");
        Assert.Contains("欧阳**", masked.Text, StringComparison.Ordinal);
        Assert.Equal(403, (int)(await Reveal(other, request.Id, "好奇")).Status);
        Assert.Equal(422, (int)(await Reveal(officer, request.Id, "")).Status);
        Assert.Equal(0, await Looks(request.Id));

        var shown = await Reveal(officer, request.Id, "核对邮寄地址");
        Assert.All(Secrets, secret => Assert.Contains(secret, shown.Text, StringComparison.Ordinal));
        Assert.StartsWith("no-store", shown.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal(1, await Looks(request.Id));
        Assert.Equal(200, (int)(await Reveal(await desk.Head(), request.Id, "复核")).Status);
        Assert.Equal(2, await Looks(request.Id));
        var id = request.Id.ToString();
        var told = await desk.Read(db => db.Database.SqlQuery<string>(
            $"select payload::text as \"Value\" from disclosure.outbox where payload::text like '%request.revealed%'").ToListAsync());
        Assert.Equal(2, told.Count(fact => fact.Contains(id, StringComparison.Ordinal)));
        Assert.DoesNotContain(told, fact => fact.Contains("核对邮寄地址", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sealed_papers_open_under_their_own_key_and_place_only()
    {
        var (one, two) = (await Plant("甲资料"), await Plant("乙资料"));
        await desk.Use<IServiceProvider>(async services =>
        {
            var keyring = services.GetRequiredService<RequestKeyring>();
            var db = services.GetRequiredService<DisclosureDbContext>();
            var paper = await db.Papers.AsNoTracking().SingleAsync(row => row.RequestId == one.Id);
            Assert.Equal(Name, RequestFiles.Read<Applicant>(keyring.KeyOf(one)!, paper).Name);
            Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(
                () => CaseKeyring.Open(keyring.KeyOf(two)!, paper.Id, paper.Sealed));
            Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(
                () => CaseKeyring.Open(keyring.KeyOf(one)!, Guid.CreateVersion7(), paper.Sealed));
        });
    }

    [Fact]
    public async Task After_the_retention_the_key_is_gone_and_steps_and_figures_stay()
    {
        var officer = await desk.Officer();
        var request = await Plant("保存期满");
        await desk.Taken(officer, request.Id, RequestTrigger.Withdraw, ("Note", "书面撤回。"));
        await desk.Taken(officer, request.Id, RequestTrigger.Archive);
        Assert.Equal(0, await desk.Use<EraseApplicants, int>(erase => erase.RunAsync(CancellationToken.None)));
        desk.Clock.Advance(TimeSpan.FromDays((365 * 10) + 5));
        Assert.Equal(1, await desk.Use<EraseApplicants, int>(erase => erase.RunAsync(CancellationToken.None)));
        Assert.Equal(0, await desk.Use<EraseApplicants, int>(erase => erase.RunAsync(CancellationToken.None)));

        var erased = await desk.Find(request.Id);
        Assert.Null(erased.SealedKey);
        Assert.Null(erased.ApplicantHash);
        Assert.Equal("3.6.3", erased.Outcome);
        Assert.True(await desk.Read(db => db.RequestEvents.AnyAsync(row => row.RequestId == request.Id && row.Trigger == RequestTrigger.Erase)));
        var page = await (await desk.As(officer)).Get($"/console/requests/{request.Id}");
        Assert.Contains("个人信息已过保存期限", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_of_a_case_holds_letters_and_steps_and_is_a_recorded_look()
    {
        var officer = await desk.Officer();
        var request = await Plant("导出案卷");
        await desk.Taken(officer, request.Id, RequestTrigger.Confirm);
        await desk.Taken(officer, request.Id, RequestTrigger.AskCorrection, ("Text", "请写明年度。"), ("Days", "15"));
        var browser = await desk.As(officer);
        var refused = await browser.Post($"/console/requests/{request.Id}/bundle", new() { ["BundleReason"] = "" }, "/console/requests/new");
        Assert.Equal(422, (int)refused.Status);
        var bundle = await browser.Post($"/console/requests/{request.Id}/bundle", new() { ["BundleReason"] = "行政复议" }, "/console/requests/new");
        Assert.Equal(200, (int)bundle.Status);
        using var zip = new ZipArchive(new MemoryStream(bundle.Bytes));
        Assert.Equal(
            ["01-申请表.html", "02-补正告知书.html", "办理经过.json", "目录.html"],
            zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        using var letter = new StreamReader(zip.GetEntry("02-补正告知书.html")!.Open(), Encoding.UTF8);
        Assert.Contains("请写明年度。", await letter.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var application = new StreamReader(zip.GetEntry("01-申请表.html")!.Open(), Encoding.UTF8);
        var form = await application.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<th>姓名", form, StringComparison.Ordinal);
        Assert.Contains(Name, form, StringComparison.Ordinal);
        using var index = new StreamReader(zip.GetEntry("目录.html")!.Open(), Encoding.UTF8);
        Assert.Contains("收到之日", await index.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var steps = new StreamReader(zip.GetEntry("办理经过.json")!.Open(), Encoding.UTF8);
        var told = await steps.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"状态\": \"补正中\"", told, StringComparison.Ordinal);
        Assert.DoesNotContain(told, char.IsAsciiLetterLower);
        Assert.Equal(1, await Looks(request.Id));
    }

    private Task<InformationRequest> Plant(string title) => desk.Submitted(
        ("Title", title), ("Name", Name), ("Phone", Phone), ("Address", Street),
        ("Description", $"{Story}{Guid.CreateVersion7():N}的档案，本人证件{RequestDesk.IdNumber}。"));

    private async Task<Answer> Reveal(Person person, Guid id, string reason) => await (await desk.As(person)).Post(
        $"/console/requests/{id}/applicant", new() { ["Reason"] = reason }, "/console/requests/new");

    private Task<int> Looks(Guid id) => desk.Read(db =>
        db.RequestEvents.CountAsync(row => row.RequestId == id && row.Trigger == RequestTrigger.Reveal));

    private static void Holds(Answer answer, string where)
    {
        foreach (var secret in Secrets.Append(Uri.EscapeDataString(Name)))
        {
            // What was searched for stands in the search box.
            var text = where.StartsWith("/search", StringComparison.Ordinal) ? answer.Document.QuerySelector("main")!.TextContent.Replace(Name, "", StringComparison.Ordinal) : answer.Text;
            Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{where} holds {secret}");
        }
    }
}
