using Microsoft.Playwright;
using Portal.Interaction;
using Portal.Interaction.Consultations;
using Portal.Shared.Actors;
using Portal.Shared.Ui;
using Portal.Testing;

namespace Portal.Browser.Tests;

/// <summary>An opinion on a clause from a narrow window without a line of script to the desk that reads it; and what axe says.</summary>
[Collection(RealBrowser.Name)]
public sealed class ConsultationTests(BrowserSite host)
{
    [Fact]
    public async Task An_opinion_on_a_clause_is_given_followed_moderated_shown_and_answered_without_javascript()
    {
        await OpenAsync("journey-rule");
        var citizen = await host.Open(scripts: false, width: 320);
        await citizen.GotoAsync("/consultations");
        await citizen.Locator("main a:has-text('journey-rule')").ClickAsync();
        await citizen.Locator("#c2 a[href*='clause=c2']").ClickAsync();
        await Assertions.Expect(citizen.Locator("blockquote")).ToContainTextAsync("应当分类投放");
        await citizen.CheckAsync("[name=Stance][value=Change]");
        await citizen.FillAsync("#Text", "建议把投放时间延长到晚上九点。");
        await citizen.CheckAsync("[name=MayDisplay]");
        await citizen.Locator("main form .govuk-button").ClickAsync();
        var codes = citizen.Locator(".p-receipt__code");
        var (number, code) = (await codes.Nth(0).InnerTextAsync(), await codes.Nth(1).InnerTextAsync());
        Assert.DoesNotContain(code, citizen.Url, StringComparison.Ordinal);

        var editor = await host.Open(scripts: false);
        await BrowserSite.SignInByKeyboard(editor, await host.Data.Staff(Role.InteractionEditor));
        await editor.GotoAsync("/console/consultations");
        await editor.Locator("main a:has-text('journey-rule')").ClickAsync();
        await editor.Locator("main a[href$='/opinions']").First.ClickAsync();
        await editor.Locator($"tr:has-text('{number}') th a").ClickAsync();
        var address = editor.Url;
        await editor.SelectOptionAsync("#Act", "Display");
        await editor.Locator("form:has(#Display) button").ClickAsync();
        await editor.GotoAsync(address);
        await editor.SelectOptionAsync("#Act", "Dispose");
        await editor.SelectOptionAsync("#Disposition", "Adopted");
        await editor.FillAsync("#Reason", "已经写入第一条。");
        await editor.Locator("form:has(#Display) button").ClickAsync();
        await Assertions.Expect(editor.Locator("main")).ToContainTextAsync("已保存");
        await editor.Context.CloseAsync();

        await citizen.GotoAsync("/consultations/journey-rule/opinions?clause=c2");
        await Assertions.Expect(citizen.Locator("main")).ToContainTextAsync("延长到晚上九点");
        await citizen.GotoAsync("/consultations/follow");
        await citizen.FillAsync("#Number", number);
        await citizen.FillAsync("#Code", code);
        await citizen.Locator("main form .govuk-button").ClickAsync();
        await Assertions.Expect(citizen.Locator("main")).ToContainTextAsync("已公开展示");
        await citizen.Context.CloseAsync();
    }

    [Fact]
    public async Task Pages_of_consultations_fit_a_narrow_window_and_axe_finds_nothing_serious()
    {
        var id = await OpenAsync("narrow-rule");
        List<string> faults = [];
        var page = await host.Open(width: 320);
        foreach (var path in new[]
        {
            "/consultations", "/consultations/narrow-rule", "/consultations/narrow-rule/opinions", "/consultations/narrow-rule/opinions/new?clause=c2",
            "/consultations/follow",
        })
        {
            await page.GotoAsync(path);
            await BrowserSite.Examine(page, faults);
        }

        // The form as it comes back with everything wrong.
        await page.GotoAsync("/consultations/narrow-rule/opinions/new");
        await page.Locator("main form .govuk-button").ClickAsync();
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await BrowserSite.Examine(page, faults);
        await page.Context.CloseAsync();

        var desk = await host.OpenFor(await host.Data.Staff(Role.InteractionEditor));
        foreach (var path in new[]
        {
            "", "/new", $"/{id}", $"/{id}/edit", $"/{id}/opinions", $"/{id}/opinions/new", $"/{id}/clusters",
        })
        {
            await desk.GotoAsync("/console/consultations" + path);
            await BrowserSite.Examine(desk, faults);
        }

        await desk.Context.CloseAsync();
        Assert.Empty(faults);
    }

    // As if its announcement had been released: the way there is the subject of other tests.
    private async Task<Guid> OpenAsync(string key)
    {
        var id = await host.Use<InteractionDbContext, Guid>(db => AddAsync(db, key));
        await host.Refresh();
        return id;
    }

    private async Task<Guid> AddAsync(InteractionDbContext db, string key)
    {
        var now = host.Clock.GetUtcNow();
        var today = BeijingTime.Date(now);
        var text = new ConsultationText
        {
            Title = $"城市生活垃圾管理办法（草案）{key}",
            Kind = ConsultationKind.Rule,
            Background = "现行办法已经施行八年。",
            Explanation = "草案共一章一条。",
            Clauses = [new DraftClause("c1", "", "第一章　总则", true), new DraftClause("c2", "第一条", "产生生活垃圾的单位和个人应当分类投放。")],
            NextClause = 3,
            From = today.AddDays(-1),
            To = today.AddDays(40),
            Unit = "试验单位",
            Email = "yijian@example.invalid",
        };
        var row = new Consultation
        {
            Id = Guid.CreateVersion7(now),
            SiteId = host.Site(TestData.ProvinceKey).Id,
            Key = key,
            State = ConsultationState.Open,
            Title = text.Title,
            Kind = ConsultationKind.Rule,
            Working = text,
            Released = text,
            OpensOn = text.From,
            ClosesOn = text.To,
            ReportDueOn = text.To!.Value.AddDays(30),
            ReleasedAt = now,
            CreatedById = Guid.CreateVersion7(now),
            CreatedAt = now,
        };
        db.Consultations.Add(row);
        await db.SaveChangesAsync();
        return row.Id;
    }
}
