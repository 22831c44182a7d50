using System.Globalization;
using Portal.Interaction.Letters;
using Portal.Shared.Actors;
using Portal.Testing;

namespace Portal.Interaction.Tests.Letters;

/// <summary>The steps of a letter over HTTP, by the table and by its rules.</summary>
public sealed class TakeLetterStepTests(LetterDesk desk) : IClassFixture<LetterDesk>
{
    [Fact]
    public async Task Every_state_times_trigger_times_role_does_what_the_table_says()
    {
        Person[] people = [await desk.Officer(), await desk.Handler(), await desk.Helper(), await desk.Head(), await desk.Outsider()];
        List<(Person Person, Browser Browser, string Token)> roles = [];
        foreach (var person in people)
        {
            var browser = await desk.As(person);
            roles.Add((person, browser, (await browser.Get("/console/account/password")).Token!));
        }

        List<string> wrong = [];
        var (refused, taken) = (0, 0);
        foreach (var state in Enum.GetValues<LetterState>())
        {
            var id = await desk.Driven(state);
            var found = await desk.Case(id);
            foreach (var trigger in Enum.GetValues<LetterTrigger>())
            {
                foreach (var (person, browser, token) in roles)
                {
                    var parties = PartiesOf(people, person, found);
                    var expected = Expected(state, trigger, parties);
                    var subject = expected == 302 ? await desk.Driven(state) : id;
                    if (expected == 302 && LetterRules.Hindrance(await desk.Case(subject), trigger, desk.Clock.GetUtcNow(), person.Id) is not null)
                    {
                        expected = 409;
                    }

                    var form = await desk.Form(trigger, (await desk.Find(subject)).Version);
                    form["_token"] = token;
                    var answer = await browser.PostRaw($"/console/letters/{subject}/steps", form);
                    if ((int)answer.Status != expected)
                    {
                        wrong.Add($"{state} × {trigger} × {parties}: {(int)answer.Status}, not {expected} {string.Join(' ', answer.Errors)}");
                    }

                    var after = await desk.Find(subject);
                    if (expected == 302)
                    {
                        taken++;
                        Assert.Equal(LetterFlow.Find(state, trigger)!.To ?? state, after.State);
                    }
                    else
                    {
                        refused++;
                        Assert.Equal(state, after.State);
                    }
                }
            }

            Assert.Equal(found.Letter.Version, (await desk.Find(id)).Version);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(14 * 33 * 5, refused + taken);
        Assert.InRange(taken, 30, 200);
    }

    [Fact]
    public async Task Who_drafted_a_reply_does_not_approve_it()
    {
        var head = await desk.Head();
        var id = await desk.Driven(LetterState.Handling);
        await desk.Taken(head, id, LetterTrigger.Draft);
        await desk.Taken(await desk.Handler(), id, LetterTrigger.SubmitReply);
        var own = await desk.Step(head, id, LetterTrigger.ApproveReply);
        Assert.Equal(409, (int)own.Status);
        Assert.Contains("不能审核自己拟写的回复", own.Text, StringComparison.Ordinal);

        // The head of the mailbox's own site decides as well.
        var other = await desk.Data.Staff(Role.LetterHead, LetterDesk.SiteKey);
        var replied = await desk.Taken(other, id, LetterTrigger.ApproveReply);
        Assert.Equal((LetterState.Replied, desk.Today, null), (replied.State, replied.RepliedOn, replied.DueOn));
    }

    [Fact]
    public async Task What_cannot_be_handled_is_explained()
    {
        var handler = await desk.Handler();
        var id = await desk.Driven(LetterState.Handling);
        var short_ = await desk.Step(handler, id, LetterTrigger.Draft, ("Outcome", "Unable"), ("Text", "这件事无法办理，请谅解，谢谢。"));
        Assert.Equal(422, (int)short_.Status);
        // What was written is still there.
        Assert.Contains("这件事无法办理，请谅解，谢谢。", short_.Document.QuerySelector("textarea[name=Text]")!.TextContent, StringComparison.Ordinal);
        await desk.Taken(handler, id, LetterTrigger.Draft, ("Outcome", "Unable"));
    }

    // S-10: 7 working days, 15 when the head grants more before the first limit passes.
    [Fact]
    public async Task An_extension_is_granted_by_a_head_before_the_first_limit_and_once()
    {
        var (handler, head) = (await desk.Handler(), await desk.Head());
        var id = await desk.Driven(LetterState.Handling);
        var (late, never) = (await desk.Driven(LetterState.Handling), await desk.Driven(LetterState.Handling));
        var start = desk.Today;
        Assert.Equal(desk.Calendar.AddWorkdays(start, 7), (await desk.Find(id)).DueOn);

        await desk.Taken(handler, id, LetterTrigger.AskExtension);
        await desk.Taken(handler, late, LetterTrigger.AskExtension);
        Assert.True((await desk.Find(id)).AwaitsHead);
        // The head reads what the writer is going to read.
        var asked = await (await desk.As(head)).Get($"/console/letters/{id}?act=GrantExtension");
        Assert.Contains("批准后告知来信人的理由：感谢来信", asked.Document.QuerySelector(".govuk-inset-text")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(403, (int)(await desk.Step(handler, id, LetterTrigger.GrantExtension)).Status);
        Assert.Equal(409, (int)(await desk.Step(handler, id, LetterTrigger.AskExtension)).Status);
        Assert.Equal(desk.Calendar.AddWorkdays(start, 7), (await desk.Find(id)).DueOn);
        var granted = await desk.Taken(head, id, LetterTrigger.GrantExtension);
        Assert.Equal((desk.Calendar.AddWorkdays(start, 15), false), (granted.DueOn, granted.AwaitsHead));
        Assert.Equal(409, (int)(await desk.Step(handler, id, LetterTrigger.AskExtension)).Status);

        desk.GoOn(7);
        var own = await desk.Driven(LetterState.Handling);
        await desk.Taken(head, own, LetterTrigger.AskExtension);
        Assert.Equal(409, (int)(await desk.Step(head, own, LetterTrigger.GrantExtension)).Status);
        desk.GoOn(1);
        Assert.Equal(409, (int)(await desk.Step(head, late, LetterTrigger.GrantExtension)).Status);
        Assert.Equal(409, (int)(await desk.Step(handler, never, LetterTrigger.AskExtension)).Status);
        await desk.Taken(head, late, LetterTrigger.RefuseExtension);
    }

    [Fact]
    public async Task The_time_stands_while_the_writer_is_asked()
    {
        var handler = await desk.Handler();
        var (told, silent) = (await desk.Driven(LetterState.Handling), await desk.Driven(LetterState.Handling));
        var start = desk.Today;
        foreach (var id in new[] { told, silent })
        {
            var asked = await desk.Taken(handler, id, LetterTrigger.AskSupplement, ("Days", "5"));
            Assert.Null(asked.DueOn);
        }

        desk.GoOn(3);
        var supplemented = await desk.Taken(handler, told, LetterTrigger.Supplement);
        Assert.Equal(desk.Calendar.AddWorkdays(start, 10), supplemented.DueOn);
        Assert.Equal(409, (int)(await desk.Step(handler, silent, LetterTrigger.LapseSupplement)).Status);
        desk.GoOn(3);
        var lapsed = await desk.Taken(handler, silent, LetterTrigger.LapseSupplement);
        Assert.Equal((LetterState.Handling, desk.Calendar.AddWorkdays(start, 13)), (lapsed.State, lapsed.DueOn));
    }

    [Fact]
    public async Task A_letter_is_there_only_for_the_units_that_were_given_it()
    {
        var (officer, handler) = (await desk.Officer(), await desk.Handler());
        var id = await desk.Driven(LetterState.Accepted);
        async Task<int> Sees(Person person) => (int)(await (await desk.As(person)).Get($"/console/letters/{id}")).Status;

        Assert.Equal(404, await Sees(handler));
        await desk.Taken(officer, id, LetterTrigger.Dispatch, ("HelperSiteIds", ""));
        Assert.Equal(200, await Sees(handler));
        Assert.Equal(404, await Sees(await desk.Helper()));
        Assert.Equal(404, await Sees(await desk.Outsider()));
        Assert.Equal(403, await Sees(await desk.Data.Staff(Role.Author, LetterDesk.SiteKey)));

        // Who loses it to another sees it no more; the time does not begin anew.
        var due = (await desk.Find(id)).DueOn;
        await desk.Taken(handler, id, LetterTrigger.TakeOn);
        Assert.Equal(422, (int)(await desk.Step(officer, id, LetterTrigger.Transfer, ("Note", ""))).Status);
        var moved = await desk.Taken(officer, id, LetterTrigger.Transfer, ("LeadSiteId", desk.HelperId.ToString()), ("HelperSiteIds", ""));
        Assert.Equal((LetterState.Dispatched, due, null), (moved.State, moved.DueOn, moved.HandlerId));
        Assert.Equal(404, await Sees(handler));
        Assert.Equal(200, await Sees(await desk.Helper()));
        var stale = await desk.Step(handler, id, LetterTrigger.Draft);
        Assert.Equal(404, (int)stale.Status);

        // A unit that gives a letter back is led to its list.
        var returned = await desk.Step(await desk.Helper(), id, LetterTrigger.Return);
        Assert.Equal("/console/letters", returned.Location);
        Assert.Equal(404, await Sees(await desk.Helper()));
    }

    [Theory]
    [InlineData(TestData.ProvinceKey)]
    [InlineData("jyt")]
    public async Task A_letter_goes_to_no_unit_above_or_beside_its_mailbox(string unit)
    {
        var id = await desk.Driven(LetterState.Accepted);
        var lead = await desk.Step(await desk.Officer(), id, LetterTrigger.Dispatch, ("LeadSiteId", desk.Site(unit).Id.ToString()));
        Assert.Equal(422, (int)lead.Status);
        Assert.Contains("所选单位不在这个信箱所属网站及其下级网站的范围内", lead.Text, StringComparison.Ordinal);
        var helper = await desk.Step(await desk.Officer(), id, LetterTrigger.Dispatch, ("HelperSiteIds", desk.Site(unit).Id.ToString()));
        Assert.Equal(422, (int)helper.Status);
        var page = await (await desk.As(await desk.Officer())).Get($"/console/letters/{id}?act=Dispatch");
        var units = page.Document.QuerySelectorAll("select[name=LeadSiteId] option").Select(option => option.GetAttribute("value")).ToList();
        Assert.Contains(desk.UnitId.ToString(), units);
        Assert.DoesNotContain(desk.Site(unit).Id.ToString(), units);
    }

    [Fact]
    public async Task A_step_on_an_old_page_is_refused_and_what_was_written_stays()
    {
        var handler = await desk.Handler();
        var id = await desk.Driven(LetterState.Handling);
        var answer = await desk.Step(handler, id, LetterTrigger.Draft, ("Version", "1"), ("Text", "写了很久的回复，一个字也不能丢。"));
        Assert.Equal(409, (int)answer.Status);
        Assert.Contains("其他人刚刚办理了这封来信", answer.Text, StringComparison.Ordinal);
        Assert.Contains("写了很久的回复", answer.Document.QuerySelector("textarea[name=Text]")!.TextContent, StringComparison.Ordinal);
        var version = (await desk.Find(id)).Version.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(version, answer.Document.QuerySelector("form[action$='/steps'] input[name=Version]")!.GetAttribute("value"));
        Assert.Equal(LetterState.Handling, (await desk.Find(id)).State);
    }

    [Fact]
    public async Task Of_two_people_at_the_same_moment_one_is_first()
    {
        var id = await desk.Driven(LetterState.Dispatched);
        var version = (await desk.Find(id)).Version;
        List<(Browser Browser, Dictionary<string, string> Form)> rivals = [];
        foreach (var person in new[] { await desk.Handler(), await desk.Head() })
        {
            var browser = await desk.As(person);
            var form = await desk.Form(LetterTrigger.TakeOn, version);
            form["_token"] = (await browser.Get("/console/account/password")).Token!;
            rivals.Add((browser, form));
        }

        var answers = await Task.WhenAll(rivals.Select(rival => rival.Browser.PostRaw($"/console/letters/{id}/steps", rival.Form)));
        Assert.Equal([302, 409], answers.Select(answer => (int)answer.Status).Order());
        Assert.Single((await desk.Case(id)).Events, step => step.Trigger == LetterTrigger.TakeOn);
    }

    [Fact]
    public async Task A_merged_letter_names_the_one_that_is_answered()
    {
        var officer = await desk.Officer();
        var (first, second) = (await desk.Registered(), await desk.Registered());
        Assert.Equal(422, (int)(await desk.Step(officer, second.Id, LetterTrigger.Merge, ("Into", ""))).Status);
        await Refused(second.Number, "自身");
        await Refused(LetterNumber.Write(2026, 9_999_998), "没有这个编号");
        var gone = await desk.Registered();
        await desk.Taken(officer, gone.Id, LetterTrigger.Merge, ("Into", first.Number));
        await Refused(gone.Number, "已并案，不能再并入");
        var merged = await desk.Taken(officer, second.Id, LetterTrigger.Merge, ("Into", first.Number));
        Assert.Equal((LetterState.Merged, first.Id), (merged.State, merged.MergedInto));
        var page = await (await desk.As(officer)).Get($"/console/letters/{first.Id}");
        Assert.NotNull(page.Document.QuerySelector($"a[href='/console/letters/{second.Id}']"));

        async Task Refused(string into, string why)
        {
            var answer = await desk.Step(officer, second.Id, LetterTrigger.Merge, ("Into", into));
            Assert.Equal(422, (int)answer.Status);
            Assert.Contains(why, Assert.Single(answer.Errors), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_offers_what_may_be_done_and_says_why_not()
    {
        var id = await desk.Driven(LetterState.Reviewing);
        var handler = await (await desk.As(await desk.Handler())).Get($"/console/letters/{id}");
        Assert.Empty(handler.Document.QuerySelectorAll(".c-acts a"));
        var head = await (await desk.As(await desk.Head())).Get($"/console/letters/{id}?act=ApproveReply");
        Assert.Equal(2, head.Document.QuerySelectorAll(".c-acts a").Length);
        // What is approved stands before who approves it.
        Assert.Contains("自下月起早高峰增加两个班次", head.Document.QuerySelector("form[action$='/steps']")!.TextContent, StringComparison.Ordinal);
    }

    private static int Expected(LetterState state, LetterTrigger trigger, LetterParty parties)
    {
        var lines = LetterFlow.Steps.Where(step => step.Trigger == trigger).ToList();
        return parties == LetterParty.None || LetterFlow.Apart.Contains(trigger) || lines.Count == 0 ? 404
            : !lines.Exists(line => line.Allows(parties)) ? 403
            : LetterFlow.Find(state, trigger) is null ? 409
            : 302;
    }

    // Officer, handler, helper, head, outsider.
    private static LetterParty PartiesOf(Person[] people, Person person, LetterCase found) => Array.IndexOf(people, person) switch
    {
        0 => LetterParty.Office,
        1 when found.Assignments.Any(part => part.Leads) => LetterParty.Unit,
        2 when found.Assignments.Any(part => !part.Leads) => LetterParty.Helper,
        3 when found.Assignments.Any(part => part.Leads) => LetterParty.Unit | LetterParty.Head,
        _ => LetterParty.None,
    };
}
