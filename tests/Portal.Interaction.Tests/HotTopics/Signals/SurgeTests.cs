using Portal.Interaction.HotTopics.Signals;
using Portal.Interaction.HotTopics.Signals.Surges;
using Portal.Interaction.Letters;

namespace Portal.Interaction.Tests.HotTopics.Signals;

/// <summary>The surge of phrases by itself: what is found, what is not, and that no order changes it.</summary>
public sealed class SurgeTests
{
    private static readonly SurgeRule Rule = SurgeRules.Of(new DateOnly(2026, 11, 23));

    // What people write about on any day.
    private static readonly string[] Everyday =
    [
        "虚拟路早高峰公交班次太少，等了四十分钟", "小区电梯年检过期没有人管", "学校门口接送车辆停得很乱", "医保报销材料要交两次",
        "公园里的健身器材坏了三件", "夜里工地施工噪声很大", "人行道的地砖松动积水", "老年卡年审排队时间长", "菜市场收摊后垃圾没有清走",
        "图书馆周末开放时间太短", "快递柜收费没有提前告知", "路灯不亮晚上走路害怕",
    ];

    private static readonly string[] Water =
    [
        "青石街自来水浑浊，烧开还有泥沙", "请查一下青石街自来水浑浊是什么缘故", "自来水浑浊三天，孩子喝了拉肚子", "水龙头放出来的自来水浑浊发黄",
        "饭馆用的自来水浑浊，只好停业", "自来水浑浊，供水公司电话打不通", "青石街片区自来水浑浊，望公布水质检测", "自来水浑浊期间水费能否减免",
    ];

    [Fact]
    public void A_planted_matter_is_found_under_its_longest_name_and_once()
    {
        var surge = Assert.Single(Found(Window(Water, 0), Baseline(2)));
        Assert.Equal("自来水浑浊", surge.Phrase);
        Assert.Equal((8, 0.5), (surge.Voices, surge.Expected));
        Assert.Equal(8, surge.References.Count);
        Assert.All(surge.Weeks, voices => Assert.Equal(0, voices));
        Assert.DoesNotContain("来水", surge.Others);
        Assert.DoesNotContain("自来水", surge.Others);
        Assert.InRange(surge.Chance, 1e-9, 1e-6);
    }

    [Fact]
    public void What_is_always_written_of_raises_nothing()
    {
        Assert.Empty(Found(Window([], 3), Baseline(3)));
        var steady = Enumerable.Range(0, Rule.BaselineWeeks).SelectMany(week => Water.Select((text, index) =>
            (week, new HeardText($"w{week}-{index}", text + Salt(week, index), $"B{week}-{index}"))));
        Assert.Empty(Found(Window(Water, 0), steady));
    }

    [Fact]
    public void Twice_as_many_letters_about_everything_are_no_matter() =>
        Assert.Empty(Found(Window([], 9), Baseline(3)));

    [Fact]
    public void One_person_with_fifty_letters_is_one_voice()
    {
        var texts = Enumerable.Range(0, 50).Select(index => new HeardText("139****", Water[index % 8] + Salt(1, index), $"L{index}"));
        Assert.Empty(Found([.. Window([], 2), .. texts], Baseline(2)));
    }

    [Fact]
    public void One_text_that_fifty_people_send_is_one_voice()
    {
        var texts = Enumerable.Range(0, 50).Select(index => new HeardText($"s{index}", Water[0] + (index % 2 == 0 ? "！" : " 。"), $"L{index}"));
        Assert.Empty(Found([.. Window([], 2), .. texts], Baseline(2)));
    }

    [Fact]
    public void Fewer_than_the_minimum_of_writers_are_not_told_of()
    {
        Assert.Empty(Found(Window(Water[..(Rule.MinimumVoices - 1)], 2), Baseline(2)));
        Assert.NotEmpty(Found(Window(Water[..Rule.MinimumVoices], 2), Baseline(2)));
    }

    [Fact]
    public void No_order_of_the_texts_changes_what_is_found()
    {
        var (window, baseline) = (Window(Water, 3), Baseline(3).ToList());
        var expected = Words(Found(window, baseline));
        var random = new Random(20261123);
        for (var turn = 0; turn < 20; turn++)
        {
            var (texts, weeks) = (window.ToArray(), baseline.ToArray());
            random.Shuffle(texts);
            random.Shuffle(weeks);
            Assert.Equal(expected, Words(Found(texts, weeks)));
        }
    }

    [Fact]
    public void A_matter_of_any_name_is_found_wherever_it_stands()
    {
        var random = new Random(7);
        for (var turn = 0; turn < 30; turn++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(3, 7)).Select(_ => (char)random.Next(0x5000, 0x9000)));
            string[] said = [.. Enumerable.Range(0, 8).Select(index => Everyday[index][..4] + "，" + name + "，" + Everyday[^(index + 1)][..4])];
            var surge = Assert.Single(Found(Window(said, 2), Baseline(2)));
            Assert.Equal(name, surge.Phrase);
        }
    }

    [Fact]
    public void Too_much_to_count_raises_the_bar_and_keeps_what_is_said_most()
    {
        var tight = Rule with { MostCandidates = 15 };
        // Six voices each repeat a long text of their own trade; the water has eight.
        var noise = Enumerable.Range(0, 6).Select(index => new HeardText(
            $"n{index}", $"停车泊位收费标准不统一居民意见很大{Salt(3, index)}", $"N{index}"));
        var (window, surges) = Run([.. Window(Water, 0), .. noise], Baseline(0), tight);
        Assert.True(window.Bar > tight.MinimumVoices);
        Assert.Equal("自来水浑浊", Assert.Single(surges).Phrase);
    }

    [Fact]
    public void No_phrase_has_anything_that_tells_of_somebody()
    {
        var writer = new WrittenLetter { Name = "欧阳文山", Phone = "13800001234" };
        var counted = SignalWords.Counted("我叫欧阳文山，电话13800001234，住青石街18号2单元301室，张伟主任不管自来水浑浊", writer);
        foreach (var word in new[] { "欧阳文山", "文山", "1234", "18号", "301", "张伟" })
        {
            Assert.DoesNotContain(word, counted, StringComparison.Ordinal);
        }

        Assert.Contains("自来水浑浊", counted, StringComparison.Ordinal);
        List<string> phrases = [];
        new PhraseCutter(Rule, StopPhrases.Current).Cut(counted, phrase => phrases.Add(phrase.ToString()));
        Assert.All(phrases, phrase => Assert.DoesNotContain('○', phrase));
    }

    [Fact]
    public void No_phrase_reaches_over_what_every_letter_says()
    {
        Assert.Equal(
            ["自来水浑浊"], [.. StopPhrases.Current.Runs("希望政府尽快解决自来水浑浊的问题").Select(run => "希望政府尽快解决自来水浑浊的问题".Substring(run.Start, run.Length))]);
        Assert.Empty(StopPhrases.Current.Runs("ABC 123，。！"));
    }

    [Theory]
    [InlineData(0, 2.0, 1.0)]
    [InlineData(1, 1.0, 0.6321206)]
    [InlineData(5, 1.0, 0.0036598)]
    [InlineData(8, 0.5, 6.2197e-8)]
    public void The_chance_is_that_of_the_poisson_tail(int count, double expected, double chance) =>
        Assert.Equal(chance, SurgeTest.Tail(count, expected), chance * 1e-3);

    [Fact]
    public void The_rules_are_dated_and_sound()
    {
        Assert.All(SurgeRules.All, rule =>
        {
            Assert.True(rule.MinimumVoices >= 3 && rule.Shortest >= 2 && rule.Longest >= rule.Shortest, rule.Source);
            Assert.True(rule is { BaselineWeeks: > 0, Ratio: > 1, Alpha: < 0.01, SearchOnDays: >= 1 }, rule.Source);
        });
    }

    private static List<HeardText> Window(string[] matter, int everyday) =>
    [
        .. matter.Select((text, index) => new HeardText($"m{index}", text, $"M{index}")),
        .. Enumerable.Range(0, everyday).SelectMany(turn => Everyday.Select((text, index) =>
            new HeardText($"e{turn}-{index}", text + Salt(turn, index), $"E{turn}-{index}"))),
    ];

    private static IEnumerable<(int Week, HeardText Text)> Baseline(int turns) =>
        Enumerable.Range(0, Rule.BaselineWeeks).SelectMany(week => Window([], turns).Select(text =>
            (week, text with { Sender = $"{week}{text.Sender}", Text = text.Text + Salt(week, 99) })));

    // Makes a text another one: rare signs, a different one each time.
    private static string Salt(int turn, int index) => "，" + (char)(0x9000 + (turn * 113) + index) + (char)(0x8800 + index);

    private static IReadOnlyList<Surge> Found(IReadOnlyList<HeardText> window, IEnumerable<(int Week, HeardText Text)> before) =>
        Run(window, before, Rule).Surges;

    private static (PhraseWindow Window, IReadOnlyList<Surge> Surges) Run(
        IReadOnlyList<HeardText> window, IEnumerable<(int Week, HeardText Text)> before, SurgeRule rule)
    {
        var phrases = new PhraseWindow(rule, StopPhrases.Current);
        foreach (var text in window)
        {
            phrases.Survey(text);
        }

        phrases.Surveyed();
        foreach (var text in window)
        {
            phrases.Count(text);
        }

        var frequent = phrases.Frequent();
        var baseline = new PhraseBaseline(rule, StopPhrases.Current, frequent.Select(phrase => phrase.Phrase));
        foreach (var (week, text) in before)
        {
            baseline.Count(week, text);
        }

        return (phrases, SurgeTest.Find(frequent, phrases.Voices, baseline, rule));
    }

    private static string Words(IReadOnlyList<Surge> surges) => string.Join('\n', surges.Select(surge =>
        $"{surge.Phrase} {surge.Voices} {surge.Chance} [{string.Join(' ', surge.Others)}] [{string.Join(' ', surge.References)}]"));
}
