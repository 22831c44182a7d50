using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Host.Administration;
using Portal.Publishing;
using Portal.Shared.Actors;
using Portal.Shared.Decisions;
using Portal.Shared.Messaging;
using Portal.Shared.Settings;
using Portal.Testing;

namespace Portal.Host.Tests.Administration;

public sealed class SettingTests(PortalHost host) : IClassFixture<PortalHost>
{
    private const string Name = "PublishingSettings.ImageMegabytes";
    private const string Links = "PublicSiteSettings.FriendlyLinks";
    private const string Hours = "PublishingSettings.PreviewHours";

    [Theory]
    [InlineData(nameof(Sample.Free), 5, 9, true)]
    [InlineData(nameof(Sample.DownOnly), 5, 4, true)]
    [InlineData(nameof(Sample.DownOnly), 5, 5, true)]
    [InlineData(nameof(Sample.DownOnly), 5, 6, false)]
    [InlineData(nameof(Sample.UpOnly), 5, 6, true)]
    [InlineData(nameof(Sample.UpOnly), 5, 4, false)]
    [InlineData(nameof(Sample.OnOnly), false, true, true)]
    [InlineData(nameof(Sample.OnOnly), true, false, false)]
    [InlineData(nameof(Sample.OnOnly), true, true, true)]
    [InlineData(nameof(Sample.ProvinceOnly), 5, 4, false)]
    [InlineData(nameof(Sample.ProvinceOnly), 5, 5, true)]
    public void A_lower_level_tightens_and_never_loosens(string key, object upper, object lower, bool allowed)
    {
        var property = SettingProperty.Of(typeof(Sample)).Single(row => row.Key == key);

        Assert.Equal(allowed, property.MayFollow(upper, lower));
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData("0", null)]
    [InlineData("51", null)]
    [InlineData("-1", null)]
    [InlineData("1e1", null)]
    [InlineData("", null)]
    [InlineData("５", null)]
    public void A_number_is_taken_within_its_range(string typed, int? value)
    {
        var property = SettingProperty.Of(typeof(PublishingSettings)).Single(row => row.Name == Name);

        Assert.Equal(value, property.Parse(typed));
    }

    [Fact]
    public async Task A_value_is_inherited_downwards_and_the_screen_says_from_where()
    {
        var province = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var city = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin, "yunpu"));
        var before = Of("lanqiao");

        Assert.Equal(HttpStatusCode.SeeOther, (await Set(province, "8")).Status);
        Assert.Equal((8, 8, 8), (Of("province"), Of("yunpu"), Of("lanqiao")));
        Assert.Equal(HttpStatusCode.SeeOther, (await Set(city, "6")).Status);

        Assert.Equal(10, before);
        Assert.Equal((8, 8, 6, 6), (Of("province"), Of("jyt"), Of("yunpu"), Of("lanqiao")));
        var county = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin, "lanqiao"));
        var row = (await county.Get("/console/settings")).Document.QuerySelectorAll(".c-settings tbody tr")
            .First(line => line.QuerySelector($"a[href$='{Name}']") is not null);
        Assert.Equal("6", row.QuerySelector("td")!.TextContent);
        Assert.Contains(host.Site("yunpu").Name, row.QuerySelector(".c-settings__from b")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loosening_is_refused_and_a_stricter_province_wins_over_an_older_value_below()
    {
        var province = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin));
        var department = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin, "jyt"));
        await Set(province, "9", Hours);
        Assert.Equal(HttpStatusCode.SeeOther, (await Set(department, "7", Hours)).Status);

        var loose = await Set(department, "20", Hours);
        await Set(province, "5", Hours);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, loose.Status);
        Assert.Equal("20", loose.Document.QuerySelector("#Value")!.GetAttribute("value"));
        Assert.Equal(5, Effective("jyt").PreviewHours);
    }

    [Fact]
    public async Task A_change_needs_a_reason_and_is_on_record()
    {
        var admin = await host.Data.Staff(Role.ProvincialAdmin, "lanqiao");
        var browser = await host.SignInAs(admin);

        var silent = await browser.Post(
            $"/console/settings/{Name}", new() { ["Value"] = "3", ["Inherit"] = "false" });
        await Set(browser, "3");
        await browser.Post($"/console/settings/{Name}", new() { ["Inherit"] = "true", ["Reason"] = "恢复沿用" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.Status);
        var changes = await host.Use<HostDbContext, List<SettingChange>>(db => db.SettingChanges
            .Where(change => change.ActorId == admin.Id).OrderBy(change => change.Id).ToListAsync());
        Assert.Equal(["3", null], changes.Select(change => change.NewValue));
        Assert.Equal("3", changes[1].OldValue);
        var told = (await host.Use<HostDbContext, List<string>>(db => db.Outbox.Select(row => row.Payload).ToListAsync()))
            .Where(payload => payload.Contains("host.setting.changed", StringComparison.Ordinal)
                && payload.Contains(admin.Id.ToString(), StringComparison.Ordinal))
            .ToList();
        Assert.Equal(2, told.Count);
        Assert.All(told, payload => Assert.Contains("图片大小上限", Plain(payload), StringComparison.Ordinal));
    }

    // The trail is read by people: the object of a decision goes by its name on the screen.
    private static string Plain(string payload) =>
        JsonSerializer.Deserialize<DecisionTaken>(payload, MessageJson.Options)!.ObjectTitle!;

    [Theory]
    [InlineData("坏链接 javascript:alert(1)", "第2个链接", "网址不正确")]
    [InlineData("坏链接 http://x", "第2个链接", "网址不正确")]
    [InlineData("<b>", "第2个链接", "不完整")]
    [InlineData("<b>粗</b> https://www.gov.cn", "第2个链接", "尖括号")]
    public async Task A_friendly_link_that_would_not_show_is_named(string line, params string[] expected)
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin, "jyt"));

        var answer = await Set(browser, "中国政府网 https://www.gov.cn\r\n" + line, Links);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.All(expected, part => Assert.Contains(answer.Errors, error => error.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_text_keeps_its_lines_on_its_form_and_in_the_list()
    {
        var browser = await host.SignInAs(await host.Data.Staff(Role.ProvincialAdmin, "jyt"));
        const string Text = "中国政府网 https://www.gov.cn\n云岭日报 https://daily.example/a";

        var saved = await Set(browser, Text.ReplaceLineEndings("\r\n"), Links);

        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        var list = await browser.Get("/console/settings");
        Assert.Contains(list.Document.QuerySelectorAll(".c-settings__value"), cell => cell.TextContent == Text);
        var form = await browser.Get("/console/settings/" + Links);
        Assert.Equal(Text, form.Document.QuerySelector("textarea#Value")!.TextContent.TrimStart('\n'));
        Assert.Contains("不超过4000字", form.Text, StringComparison.Ordinal);
        var answer = await Set(browser, new string('长', 4_001), Links);
        Assert.Contains(answer.Errors, error => error.Contains("4000字", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Role.Author)]
    [InlineData(Role.SiteManager)]
    [InlineData(Role.Auditor)]
    public async Task Others_do_not_see_the_settings(Role role)
    {
        var browser = await host.SignInAs(await host.Data.Staff(role));

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get("/console/settings")).Status);
    }

    private int Of(string site) => Effective(site).ImageMegabytes;

    private PublishingSettings Effective(string site) =>
        ((ISettings)host.Services.GetService(typeof(ISettings))!).For<PublishingSettings>(host.Site(site).Id);

    private static Task<Answer> Set(Browser browser, string value, string name = Name) => browser.Post(
        $"/console/settings/{name}", new() { ["Value"] = value, ["Inherit"] = "false", ["Reason"] = "测试" });

    private sealed record Sample
    {
        [Setting]
        public int Free { get; init; } = 5;

        [Setting(Tightening = Tightening.DownOnly)]
        public int DownOnly { get; init; } = 5;

        [Setting(Tightening = Tightening.UpOnly)]
        public int UpOnly { get; init; } = 5;

        [Setting(Tightening = Tightening.OnOnly)]
        public bool OnOnly { get; init; }

        [Setting(Tightening = Tightening.ProvinceOnly)]
        public int ProvinceOnly { get; init; } = 5;
    }
}
