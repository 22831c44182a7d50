using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portal.Disclosure.AnnualReports;
using Portal.Shared.Sites;

namespace Portal.Disclosure.Tests.AnnualReports;

/// <summary>勾稽关系 (AR30): checked from the form's data.</summary>
public sealed class ReportChecksTests
{
    private static readonly ReportForm Form = ReportForms.Shipped.Of(2025)!;

    private static readonly ReportChecks Checks = new(new StringLocalizer<ReportText>(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance)));

    [Fact]
    public void The_numbers_of_a_real_report_agree()
    {
        var figures = Completed(Real());
        Assert.Empty(Checks.Of(Form, figures, null));
        Assert.Equal(13810, figures["3-3.7-natural"]);
        Assert.Equal(13810, figures["3-3.7-total"]);
        Assert.Equal(14069, figures["3-1-total"]);
    }

    [Fact]
    public void What_does_not_balance_is_named_with_table_column_and_both_numbers()
    {
        var cells = Real();
        cells["3-4-natural"] = 818;
        var failures = Checks.Of(Form, Completed(cells), null);
        Assert.Equal(
            [
                "表三“自然人”列：第一项加第二项为14629，第三项总计加第四项为14628，两数应当相等。",
                "表三“总计”列：第一项加第二项为14629，第三项总计加第四项为14628，两数应当相等。",
            ],
            failures.Select(failure => failure.Message));
    }

    [Theory]
    [InlineData("3-3.7-natural", "三（七）总计为1，三（一）至（六）各项之和为13810")]
    [InlineData("3-1-total", "总计为1，各类申请人之和为14069")]
    [InlineData("4-review-total", "总计为1，四类结果之和为0")]
    public void A_total_that_is_no_sum_is_refused(string key, string message)
    {
        var figures = All(Completed(Real()));
        figures[key] = 1;
        Assert.Contains(Checks.Of(Form, new Figures(figures), null), failure => failure.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("3-3.2-legal", -1.0, "不能小于0")]
    [InlineData("3-3.2-legal", 1.5, "应当是整数")]
    [InlineData("2-charge-charged", 0.125, "最多两位小数")]
    [InlineData("2-licence-decided", null, "没有填写")]
    public void A_single_number_that_cannot_be_is_refused(string key, double? value, string message)
    {
        var cells = Real();
        cells[key] = (decimal?)value;
        var failure = Assert.Single(
            Checks.Of(Form, Completed(cells), null), failure => failure.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal($"Cells[{key}]", failure.Field);
    }

    [Fact]
    public void The_carry_over_links_two_years_in_every_column()
    {
        var former = Real();
        former["3-4-natural"] = 560;
        former["3-1-natural"] = 13810;
        Assert.Empty(Checks.Of(Form, Completed(Real()), Completed(former)));
        former["3-4-natural"] = 559;
        former["3-4-legal"] = 1;
        Assert.Equal(
            ["自然人", "法律服务机构"],
            Checks.Of(Form, Completed(Real()), Completed(former)).Select(failure => failure.Message.Split('“', '”')[1]));
    }

    [Property(MaxTest = 200)]
    public Property Numbers_that_balance_pass_and_any_other_fail() => Prop.ForAll(
        Gen.Choose(0, 5000).ListOf(27).Select(numbers => numbers.ToArray()).ToArbitrary(),
        Gen.Choose(0, 25).ToArbitrary(),
        (numbers, place) =>
        {
            var rows = Form.Tables[1].Blocks[0].Rows.Where(row => row.Code != "3.7").Select(row => row.Code).ToList();
            var cells = Zeros();
            for (var index = 0; index < rows.Count; index++)
            {
                cells[$"3-{rows[index]}-welfare"] = numbers[index];
            }

            var closed = rows.Where(row => row.StartsWith("3.", StringComparison.Ordinal)).Sum(row => cells[$"3-{row}-welfare"]!.Value);
            cells["3-1-welfare"] = closed + cells["3-4-welfare"];
            cells["3-2-welfare"] = 0;
            var balanced = Checks.Of(Form, Completed(cells), null).Count == 0;
            var changed = $"3-{rows[place % rows.Count]}-welfare";
            cells[changed] += 1;
            return balanced && Checks.Of(Form, Completed(cells), null).Count == 2;
        });

    [Fact]
    public void A_report_keeps_the_form_of_its_year()
    {
        const string newer =
            """
            { "version": "2030", "validFromYear": 2030, "source": "试验格式", "tables": [
              { "code": "3", "section": "1", "name": "表三", "title": "申请", "blocks": [
                { "code": "1", "title": "", "head": "项目", "columns": [ { "code": "total", "name": "总计" } ],
                  "rows": [ { "code": "1", "name": "新收" }, { "code": "1a", "name": "工作秘密" } ] } ],
                "identities": [ { "each": "column", "leftName": "新收", "left": "1", "rightName": "工作秘密", "right": "1a" } ] } ],
              "sections": [ { "code": "1", "title": "一、情况", "hint": "" } ] }
            """;
        var forms = new ReportForms([Form, ReportForms.Parse(new MemoryStream(Encoding.UTF8.GetBytes(newer)))]);
        Assert.Equal("2021", forms.Of(2029)!.Version);
        Assert.Equal("2030", forms.Of(2031)!.Version);
        Assert.Null(forms.Of(2020));
        Assert.Equal("2021", forms.Version("2021").Version);
        var failure = Assert.Single(Checks.Of(
            forms.Of(2030)!, new Figures(new Dictionary<string, decimal?> { ["3-1-total"] = 3, ["3-1a-total"] = 2 }), null));
        Assert.Equal("表三“总计”列：新收为3，工作秘密为2，两数应当相等。", failure.Message);
    }

    [Theory]
    [InlineData("Portal", "Province", "2026-03-31")]
    [InlineData("Portal", "County", "2026-03-31")]
    [InlineData("Department", "Department", "2026-01-31")]
    public void Governments_have_until_the_end_of_march_and_departments_until_the_end_of_january(string kind, string organisation, string due)
    {
        var site = new SiteInfo
        {
            Id = Guid.Empty,
            Key = "x",
            Name = "某网站",
            Kind = Enum.Parse<SiteKind>(kind),
            Status = SiteStatus.Running,
            OrganisationId = Guid.Empty,
            OrganisationName = "某单位",
            OrganisationKind = organisation,
            RegionCode = "990000",
            Path = [],
            Domains = [],
            PrimaryDomain = "x",
            Accent = "#1d4f91",
            Emblem = "x",
            Languages = ["zh-CN"],
        };
        var day = DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(day, ReportDue.Of(site, 2025));
        Assert.Equal(ReportTiming.Done, ReportDue.TimingOf(day, 2025, day, day.AddDays(90)));
        Assert.Equal(ReportTiming.DoneLate, ReportDue.TimingOf(day, 2025, day.AddDays(1), day.AddDays(90)));
        Assert.Equal(ReportTiming.Near, ReportDue.TimingOf(day, 2025, null, day));
        Assert.Equal(ReportTiming.Late, ReportDue.TimingOf(day, 2025, null, day.AddDays(1)));
        Assert.Equal(ReportTiming.Running, ReportDue.TimingOf(day, 2025, null, day.AddDays(-32)));
    }

    [Theory]
    [InlineData("１，２３４", true, 1234.0)]
    [InlineData(" 12.50 ", true, 12.5)]
    [InlineData("", true, null)]
    [InlineData("十二", false, null)]
    [InlineData("1e9", false, null)]
    public void Typed_numbers_are_read_as_people_write_them(string typed, bool read, double? value)
    {
        Assert.Equal(read, TypedFigure.TryRead(typed, out var number));
        Assert.Equal((decimal?)value, number);
    }

    // A provincial report: 14069 + 560 = 13810 + 819; 5548 + 2168 + 730 + 3421 + 457 + 1486 = 13810.
    private static Dictionary<string, decimal?> Real()
    {
        var cells = Zeros();
        foreach (var (row, number) in new[]
        {
            ("1", 14069), ("2", 560), ("3.1", 5548), ("3.2", 2168), ("3.3.6", 730), ("3.4.1", 3421), ("3.5.1", 457), ("3.6.3", 1486), ("4", 819),
        })
        {
            cells[$"3-{row}-natural"] = number;
        }

        return cells;
    }

    private static Dictionary<string, decimal?> Zeros() =>
        Form.Places.Where(place => !place.IsDerived).ToDictionary(place => place.Key, _ => (decimal?)0);

    private static Figures Completed(Dictionary<string, decimal?> cells) => new Figures(cells).Completed(Form);

    private static Dictionary<string, decimal?> All(Figures figures) => Form.Places.ToDictionary(place => place.Key, place => figures[place.Key]);
}
