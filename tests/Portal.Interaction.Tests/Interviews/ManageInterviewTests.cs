using Microsoft.EntityFrameworkCore;
using Portal.Interaction.Interviews;

namespace Portal.Interaction.Tests.Interviews;

/// <summary>The form of an interview.</summary>
public sealed class ManageInterviewTests(Studio studio) : IClassFixture<Studio>
{
    [Fact]
    public async Task An_interview_is_planned_changed_and_fixed_once_it_is_under_review()
    {
        var desk = await studio.As(await studio.Editor());
        var planned = await desk.Post("/console/interviews/new", Form());
        Assert.Equal(302, (int)planned.Status);
        Assert.Contains("访谈已登记，尚未公开", (await desk.Get(planned.Location!)).Text, StringComparison.Ordinal);
        var interview = await studio.Read(db => db.Interviews.AsNoTracking().SingleAsync(row => row.Key == "elder-meal"));
        Assert.Equal((InterviewState.Planned, 2, "闻人甲"), (interview.State, interview.Guests.Count, interview.Guests[0].Name));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 15, 0, 0, TimeSpan.FromHours(8)), interview.StartsAt);
        Assert.Equal(422, (int)(await desk.Post("/console/interviews/new", Form())).Status);

        var edit = $"/console/interviews/{interview.Id}/edit";
        Assert.Equal(409, (int)(await desk.Post(edit, Form(("Version", "77")))).Status);
        Assert.Equal(302, (int)(await desk.Post(edit, Form(("Version", "1"), ("Topic", "改过的访谈主题")))).Status);
        await studio.Step(await studio.Editor(), interview.Id, InterviewTrigger.SubmitAnnouncement);
        Assert.Equal(409, (int)(await desk.Post(edit, Form(("Version", "3")), "/console/account/password")).Status);
        Assert.Equal("改过的访谈主题", (await studio.Find(interview.Id)).Topic);
    }

    [Theory]
    [InlineData("Key", "questions")]
    [InlineData("Key", "../etc")]
    [InlineData("Topic", "短")]
    [InlineData("GuestName0", "")]
    [InlineData("Picture", "https://elsewhere.example/a.png")]
    [InlineData("GuestPicture0", "/media/../../x.png")]
    [InlineData("Day", "2026-13-40")]
    [InlineData("Day", "2026-11-20")]
    [InlineData("Minutes", "9999")]
    public async Task What_is_wrong_is_said_and_nothing_kept(string field, string value)
    {
        var desk = await studio.As(await studio.Editor());
        var key = "bad-" + Guid.CreateVersion7().ToString("N")[^8..];
        var answer = await desk.Post("/console/interviews/new", Form([("Key", key), ("GuestName1", ""), ("GuestUnit1", ""), ("PictureAlt", "嘉宾合影"), (field, value)]));
        Assert.Equal(422, (int)answer.Status);
        Assert.Single(answer.Errors);
        Assert.False(await studio.Read(db => db.Interviews.AnyAsync(row => row.Key == key)));
    }

    private static Dictionary<string, string> Form(params (string Name, string Value)[] changes)
    {
        Dictionary<string, string> form = new()
        {
            ["Key"] = "elder-meal",
            ["Topic"] = "老年助餐怎么建怎么补",
            ["Summary"] = "介绍老年助餐点的布局、补贴和申请办法。",
            ["GuestName0"] = "闻人甲",
            ["GuestUnit0"] = "云浦市民政局",
            ["GuestPosition0"] = "副局长",
            ["GuestName1"] = "慕容乙",
            ["GuestUnit1"] = "社区助餐点",
            ["Host"] = "主持人丙",
            ["Place"] = "新闻发布厅",
            ["Day"] = "2026-12-01",
            ["Time"] = "15:00",
            ["Minutes"] = "60",
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return form;
    }
}
