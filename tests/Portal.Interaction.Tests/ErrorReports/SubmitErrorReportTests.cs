using Microsoft.EntityFrameworkCore;
using Portal.Interaction.ErrorReports;
using Portal.Testing;

namespace Portal.Interaction.Tests.ErrorReports;

/// <summary>From the footer of a page to the receipt: nothing lost, nothing refused for being too many, nothing kept in the open.</summary>
public sealed class SubmitErrorReportTests(ErrorDesk desk) : IClassFixture<ErrorDesk>
{
    [Fact]
    public async Task Every_page_leads_to_the_form_with_its_address_document_and_edition()
    {
        var (id, path) = await desk.Publish("有错别字的公告");
        var visitor = desk.Visitor(ErrorDesk.SiteKey);
        foreach (var page in new[] { "/" + path, "/", "/gonggao", "/letters", "/disclosure", "/error-reports", "/nothing-here", "/~large/" + path })
        {
            var links = (await visitor.Get(page)).Document.QuerySelectorAll("footer.p-footer a[data-report-error]").ToList();
            Assert.Equal(2, links.Count);
            Assert.All(links, link => Assert.Contains("/error-reports/new?page=%2F", link.GetAttribute("href"), StringComparison.Ordinal));
        }

        var article = await visitor.Get("/" + path);
        var href = article.Document.QuerySelector(".p-correction a")!.GetAttribute("href")!;
        Assert.Contains($"&document={id:N}&edition=", href, StringComparison.Ordinal);
        Assert.Null(article.Header("Set-Cookie"));
        var form = await visitor.Get(href + "&quote=" + Uri.EscapeDataString("有一个错别字") + "&prefix=" + Uri.EscapeDataString("正文第一段，"));
        Assert.Contains("有错别字的公告", form.Document.QuerySelector("main .govuk-inset-text")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("有一个错别字", form.Document.QuerySelector("#Quote")!.TextContent);

        var (number, _) = ErrorDesk.Receipt(await desk.Submit(href[href.IndexOf('?', StringComparison.Ordinal)..]));
        var report = await desk.Find(number);
        Assert.Equal((id, "/" + path, "有错别字的公告", desk.Site(ErrorDesk.SiteKey).Id), (report.DocumentId, report.Page, report.PageTitle, report.SiteId));
        Assert.Equal(Guid.Parse(href[(href.IndexOf("edition=", StringComparison.Ordinal) + 8)..]), report.EditionId);
    }

    [Fact]
    public async Task A_report_gets_a_number_a_code_and_both_last_days()
    {
        var answer = await desk.Submit();
        Assert.StartsWith("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        var (number, code) = ErrorDesk.Receipt(answer);
        Assert.True(ErrorReportNumber.IsValid(number));
        var report = await desk.Find(number);
        Assert.Equal((ErrorState.Submitted, ErrorSource.Visitor, null), (report.State, report.Source, report.Suspicion));
        // G-35: one working day to forward, three to answer.
        Assert.Equal((desk.Calendar.AddWorkdays(desk.Today, 1), desk.Calendar.AddWorkdays(desk.Today, 3)), (report.ForwardDueOn, report.DueOn));
        Assert.Contains(report.TextHash, answer.Text, StringComparison.Ordinal);
        Assert.Empty(await Dump.TablesHolding(desk.OwnerConnection, [code, code.Replace("-", "", StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task What_was_written_and_how_to_reach_the_reporter_lie_in_no_column_in_the_open()
    {
        ErrorDesk.Receipt(await desk.Submit("?page=/", ("Quote", "独一无二的原文片段"), ("Problem", "独一无二的问题描述"), ("Phone", "13912340077"), ("Email", "nobody-77@example.invalid")));
        Assert.Empty(await Dump.TablesHolding(desk.OwnerConnection, ["独一无二的原文片段", "独一无二的问题描述", "13912340077", "nobody-77@example.invalid"]));
    }

    [Fact]
    public async Task A_double_click_makes_one_report_and_both_answers_show_its_code()
    {
        var browser = desk.Visitor(ErrorDesk.SiteKey);
        var form = await desk.OpenForm(browser);
        var before = await desk.Read(db => db.ErrorReports.CountAsync());
        var both = await Task.WhenAll(browser.PostRaw("/error-reports/new", form), browser.PostRaw("/error-reports/new", form));
        Assert.Equal(ErrorDesk.Receipt(both[0]), ErrorDesk.Receipt(both[1]));
        Assert.Equal(ErrorDesk.Receipt(both[0]), ErrorDesk.Receipt(await browser.PostRaw("/error-reports/new", form)));
        Assert.Equal(before + 1, await desk.Read(db => db.ErrorReports.CountAsync()));
    }

    // The browser's Back, other words, sent again: nothing of it may be dropped in silence.
    [Theory]
    [InlineData("Problem", "改了主意：页面上的电话也不对。")]
    [InlineData("Proposal", "应当写成另一个样子。")]
    [InlineData("Kind", "Outdated")]
    [InlineData("Page", "/letters")]
    [InlineData("Email", "someone-else@example.invalid")]
    public async Task The_same_form_with_something_else_in_it_is_told_of_its_first_report_and_may_be_sent_as_another(string field, string value)
    {
        var browser = desk.Visitor(ErrorDesk.SiteKey);
        var form = await desk.OpenForm(browser);
        var first = ErrorDesk.Receipt(await browser.PostRaw("/error-reports/new", form));
        var changed = new Dictionary<string, string>(form) { [field] = value };
        var told = await browser.PostRaw("/error-reports/new", changed);
        Assert.Equal(422, (int)told.Status);
        Assert.Contains(first.Number, told.Document.QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(changed["Problem"], told.Document.QuerySelector("#Problem")!.TextContent);
        Assert.Equal(first, ErrorDesk.Receipt(await browser.PostRaw("/error-reports/new", form)));

        changed["FormToken"] = told.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!;
        Assert.NotEqual(first.Number, ErrorDesk.Receipt(await browser.PostRaw("/error-reports/new", changed)).Number);
    }

    [Fact]
    public async Task The_receipt_shows_what_was_sent()
    {
        var browser = desk.Visitor(ErrorDesk.SiteKey);
        var form = await desk.OpenForm(
            browser, "?page=/letters", ("Quote", "回执上的原文"), ("Problem", "回执上的问题\n第二行"), ("Proposal", "回执上的建议"));
        foreach (var answer in new[] { await browser.PostRaw("/error-reports/new", form), await browser.PostRaw("/error-reports/new", form) })
        {
            var receipt = answer.Document.QuerySelector(".p-receipt")!.TextContent;
            Assert.All(
                ["/letters", "回执上的原文", "回执上的问题", "第二行", "回执上的建议"],
                words => Assert.Contains(words, receipt, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_same_passage_of_a_page_is_joined_to_the_open_report_of_it()
    {
        var page = "?page=/" + (await desk.Publish("被多人反映的公告")).Path;
        var first = await desk.Find(ErrorDesk.Receipt(await desk.Submit(page, ("Quote", "有一个错别字"))).Number);
        var answer = await desk.Submit(page, ("Quote", "有一个错别字"), ("Kind", "Other"));
        var second = await desk.Find(ErrorDesk.Receipt(answer).Number);
        Assert.Equal((ErrorState.Joined, first.Id), (second.State, second.JoinedTo!.Value));
        Assert.Contains("已经有人反映过同一个问题", answer.Text, StringComparison.Ordinal);

        // Another passage of the page is another error.
        Assert.Null((await desk.Find(ErrorDesk.Receipt(await desk.Submit(page, ("Quote", "正文第一段"))).Number)).JoinedTo);
    }

    [Fact]
    public async Task The_same_words_within_five_minutes_are_one_and_later_they_are_not()
    {
        var first = await desk.Find(ErrorDesk.Receipt(await desk.Submit("?page=/gonggao", ("Problem", "栏目里没有内容。"))).Number);
        Assert.Equal(first.Id, (await desk.Find(ErrorDesk.Receipt(await desk.Submit("?page=/gonggao", ("Problem", "栏目里没有内容。"))).Number)).JoinedTo);
        desk.Clock.Advance(TimeSpan.FromSeconds(301));
        Assert.Null((await desk.Find(ErrorDesk.Receipt(await desk.Submit("?page=/gonggao", ("Problem", "栏目里没有内容。"))).Number)).JoinedTo);
    }

    [Fact]
    public async Task Two_at_the_same_moment_see_each_other()
    {
        var page = "?page=/" + (await desk.Publish("同时被反映的公告")).Path;
        var (one, other) = (desk.Visitor(ErrorDesk.SiteKey), desk.Visitor(ErrorDesk.SiteKey));
        var forms = new[] { await desk.OpenForm(one, page, ("Quote", "同一处")), await desk.OpenForm(other, page, ("Quote", "同一处")) };
        var both = await Task.WhenAll(one.PostRaw("/error-reports/new", forms[0]), other.PostRaw("/error-reports/new", forms[1]));
        var states = new[] { (await desk.Find(ErrorDesk.Receipt(both[0]).Number)).State, (await desk.Find(ErrorDesk.Receipt(both[1]).Number)).State };
        Assert.Equal([ErrorState.Submitted, ErrorState.Joined], states.Order());
    }

    [Fact]
    public async Task A_page_of_another_site_goes_to_that_site_and_one_of_nowhere_is_taken_as_a_broken_link()
    {
        var elsewhere = await desk.Find(ErrorDesk.Receipt(await desk.Submit("?page=" + Uri.EscapeDataString("http://jyt.localhost/zhengce?x=1"))).Number);
        Assert.Equal((desk.Site("jyt").Id, "/zhengce?x=1", ""), (elsewhere.SiteId, elsewhere.Page, elsewhere.PageTitle));

        var form = await desk.Visitor(ErrorDesk.SiteKey).Get("/error-reports/new?page=/no/such-page");
        Assert.Contains("没有这个地址的页面", form.Text, StringComparison.Ordinal);
        var nowhere = await desk.Find(ErrorDesk.Receipt(await desk.Submit("?page=/~large/no/such-page", ("Kind", "BrokenLink"))).Number);
        Assert.Equal(("/no/such-page", ""), (nowhere.Page, nowhere.PageTitle));
    }

    [Theory]
    [InlineData("https://evil.example/x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//evil.example/")]
    [InlineData("http://user@jyt.localhost/")]
    [InlineData("")]
    public async Task An_address_that_is_not_the_provinces_is_refused_in_words_at_the_field(string page)
    {
        var answer = await desk.Submit("?page=/", ("Page", page), ("Problem", "保留我"));
        Assert.Equal(422, (int)answer.Status);
        Assert.NotNull(answer.Document.QuerySelector(".govuk-error-summary a[href='#Page']"));
        Assert.Equal("保留我", answer.Document.QuerySelector("#Problem")!.TextContent);
        Assert.DoesNotContain(answer.Document.QuerySelectorAll("a"), link => link.GetAttribute("href")?.Contains("evil", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("Kind", "")]
    [InlineData("Kind", "99")]
    [InlineData("Problem", "\u202e")]
    [InlineData("Phone", "12ab")]
    [InlineData("Email", "not an address")]
    public async Task What_is_wrong_is_said_at_the_field_and_everything_typed_is_kept(string field, string value)
    {
        var answer = await desk.Submit("?page=/", ("Proposal", "应当这样写"), (field, value));
        Assert.Equal(422, (int)answer.Status);
        Assert.NotNull(answer.Document.QuerySelector(".govuk-error-summary a[href^='#" + field + "']"));
        Assert.Equal("应当这样写", answer.Document.QuerySelector("#Proposal")!.TextContent);
        Assert.StartsWith("错误：", answer.Document.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passage_of_five_thousand_characters_is_refused_in_words_and_an_old_form_can_be_sent_again()
    {
        Assert.Equal(422, (int)(await desk.Submit("?page=/", ("Quote", new string('长', 5000)))).Status);
        var browser = desk.Visitor(ErrorDesk.SiteKey);
        var form = await desk.OpenForm(browser);
        form["FormToken"] = form["FormToken"][..^4] + "AAAA";
        var answer = await browser.PostRaw("/error-reports/new", form);
        Assert.Equal(422, (int)answer.Status);
        form["FormToken"] = answer.Document.QuerySelector("input[name=FormToken]")!.GetAttribute("value")!;
        desk.Clock.Advance(TimeSpan.FromSeconds(5));
        ErrorDesk.Receipt(await browser.PostRaw("/error-reports/new", form));
    }

    [Fact]
    public async Task What_a_machine_would_do_marks_the_report_and_refuses_nothing() =>
        Assert.Equal("honeypot", (await desk.Find(ErrorDesk.Receipt(await desk.Submit("?page=/", ("Website", "x"))).Number)).Suspicion);

    [Fact]
    public async Task Number_and_code_show_the_state_on_any_site_and_wrong_ones_all_get_the_same_answer()
    {
        var receipt = ErrorDesk.Receipt(await desk.Submit());
        foreach (var site in new[] { ErrorDesk.SiteKey, "jyt" })
        {
            var followed = await desk.Follow(receipt, site);
            Assert.Equal(200, (int)followed.Status);
            Assert.StartsWith("no-store", followed.Header("Cache-Control"), StringComparison.Ordinal);
            Assert.Contains("待转办", followed.Text, StringComparison.Ordinal);
        }

        var wrong = new[]
        {
            await desk.Follow((receipt.Number, "AAAAA-AAAAA-AAAAA-AAAAA")), await desk.Follow(("JC2026-9999999-9", receipt.Code)),
            await desk.Follow(("", "")),
        };
        Assert.All(wrong, answer => Assert.Equal(422, (int)answer.Status));
        Assert.Single(wrong.Select(answer => answer.Document.QuerySelector(".govuk-error-summary")!.TextContent).Distinct());
    }
}

/// <summary>More reports from one network than it may send in an hour: a turn, never a refusal.</summary>
public sealed class ErrorReportTurnTests(ErrorDesk desk) : IClassFixture<ErrorDesk>
{
    [Fact]
    public async Task Who_comes_when_it_is_full_gets_a_turn_and_loses_nothing()
    {
        var browser = desk.Visitor(ErrorDesk.SiteKey);
        Dictionary<string, string> form = [];
        Answer answer = null!;
        var most = new ErrorReportSettings().PerNetworkAndHour;
        for (var i = 0; i <= most; i++)
        {
            form = await desk.OpenForm(browser);
            answer = await browser.PostRaw("/error-reports/new", form);
            Assert.Equal(i < most ? 200 : 429, (int)answer.Status);
        }

        Assert.Equal(form["Problem"], answer.Document.QuerySelector("#Problem")!.TextContent);
        form["Turn"] = answer.Document.QuerySelector("input[name=Turn]")!.GetAttribute("value")!;
        Assert.Equal(429, (int)(await browser.PostRaw("/error-reports/new", form)).Status);
        desk.Clock.Advance(TimeSpan.FromSeconds(int.Parse(answer.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture)));
        ErrorDesk.Receipt(await browser.PostRaw("/error-reports/new", form));
    }
}
