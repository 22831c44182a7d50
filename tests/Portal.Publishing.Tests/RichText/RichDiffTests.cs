using System.Diagnostics;
using Portal.Publishing.RichText;

namespace Portal.Publishing.Tests.RichText;

public sealed class RichDiffTests
{
    private static readonly DiffLabels Labels = new("新增", "删除", "格式调整");

    [Fact]
    public void An_amended_article_is_compared_character_by_character()
    {
        var node = Assert.Single(Compare("第一条 为了规范2025年数据管理，制定本办法。", "第一条 为了规范2026年公共数据管理，制定本条例。"));
        Assert.Equal(Change.Changed, node.Change);
        Assert.Equal(
        [
            new DiffSegment(Change.Unchanged, "第一条 为了规范"),
            new DiffSegment(Change.Deleted, "2025"),
            new DiffSegment(Change.Inserted, "2026"),
            new DiffSegment(Change.Unchanged, "年"),
            new DiffSegment(Change.Inserted, "公共"),
            new DiffSegment(Change.Unchanged, "数据管理，制定本"),
            new DiffSegment(Change.Deleted, "办法"),
            new DiffSegment(Change.Inserted, "条例"),
            new DiffSegment(Change.Unchanged, "。"),
        ], node.Segments);
    }

    [Fact]
    public void A_new_article_shifts_the_numbers_and_not_the_texts()
    {
        var comparison = Compare(
            "第一条 为了规范管理，制定本条例。\n\n第二条 本条例适用于全省行政区域。\n\n第三条 县级以上人民政府负责。",
            "第一条 为了规范管理，制定本条例。\n\n第二条 遵循公开原则，接受社会监督。\n\n第三条 本条例适用于全省行政区域。\n\n第四条 县级以上人民政府负责。");
        Assert.Equal(
            [Change.Unchanged, Change.Inserted, Change.Changed, Change.Changed], comparison.Select(node => node.Change));
    }

    [Fact]
    public void Lists_and_tables_are_compared_inside()
    {
        var comparison = Compare(
            "- 甲\n- 乙\n\n| a | b |\n|---|---|\n| 1 | 2 |",
            "- 甲\n- 丙\n- 乙\n\n| a | b |\n|---|---|\n| 1 | 3 |");
        Assert.Equal(
            [Change.Unchanged, Change.Inserted, Change.Unchanged], comparison[0].Parts.Select(part => part.Change));
        Assert.Equal(Change.Unchanged, comparison[1].Parts[0].Change);
        var row = Assert.Single(comparison[1].Parts.Skip(1));
        Assert.Equal([Change.Unchanged, Change.Changed], row.Parts.Select(part => part.Change));
    }

    [Fact]
    public void A_change_of_marks_alone_is_said_in_words()
    {
        var comparison = Compare("内容相同", "<b>内容</b>相同");
        Assert.True(Assert.Single(comparison).OnlyFormat);
        Assert.Contains("格式调整", DiffRenderer.Render(comparison, Page.Context, Labels), StringComparison.Ordinal);
    }

    [Fact]
    public void Those_who_do_not_see_colours_are_told_what_came_and_went()
    {
        var html = DiffRenderer.Render(Compare("本办法自公布之日起施行<x>", "本条例自公布之日起施行<x>\n\n附则"), Page.Context, Labels);
        var body = Page.Parse(html);
        Assert.Equal("删除办法", body.QuerySelector("p del")!.TextContent);
        Assert.Equal("新增条例", body.QuerySelector("p ins")!.TextContent);
        Assert.Equal("附则", body.QuerySelector("ins.p-diff-block > p")!.TextContent);
        Assert.Null(body.QuerySelector("x"));
    }

    [Fact]
    public void An_emoji_or_a_rare_character_is_never_cut_in_two() =>
        Assert.Equal(
        [
            new DiffSegment(Change.Unchanged, "同事们都到了，"),
            new DiffSegment(Change.Deleted, "👨‍👩‍👧"),
            new DiffSegment(Change.Inserted, "👨‍👩‍👦"),
            new DiffSegment(Change.Unchanged, "也到了"),
            new DiffSegment(Change.Deleted, "𠮷"),
            new DiffSegment(Change.Inserted, "𠮶"),
        ], TextDiff.Compare("同事们都到了，👨‍👩‍👧也到了𠮷", "同事们都到了，👨‍👩‍👦也到了𠮶"));

    [Theory]
    [InlineData(1, 100_000, 2)]
    [InlineData(1, 100_000, 3_000)]
    [InlineData(500, 200, 3_000)]
    [InlineData(20_000, 5, 3_000)]
    [InlineData(100_000, 1, 2)]
    public void A_hundred_thousand_characters_are_compared_in_bounded_time(int paragraphs, int length, int alphabet)
    {
        var random = new Random(1);
        var before = Noise(random, paragraphs, length, alphabet);
        var after = Noise(random, paragraphs, length, alphabet);
        var watch = Stopwatch.StartNew();
        var comparison = RichDiff.Compare(before, after);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), watch.Elapsed.ToString());
        Assert.Equal(before.Content, comparison.Select(node => node.Before).OfType<Block>());
        Assert.Equal(after.Content, comparison.Select(node => node.After).OfType<Block>());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("abcabba", "cbabac")]
    [InlineData("aaaaaaaa", "aaaa")]
    [InlineData("abcdef", "uvwxyz")]
    [InlineData("xabcdey", "zabcdew")]
    public void The_longest_common_subsequence_is_found(string before, string after)
    {
        var (a, b) = (before.Select(c => (int)c).ToArray(), after.Select(c => (int)c).ToArray());
        var matches = SequenceDiff.Compare(a, b, maxChanges: 1_000);
        Assert.Equal(LongestByTable(a, b), matches.Sum(match => match.Length));
        Assert.All(matches, match => Assert.Equal(a[match.Before..][..match.Length], b[match.After..][..match.Length]));
    }

    [Fact]
    public void Beyond_the_bound_what_stands_once_on_both_sides_still_matches()
    {
        int[] before = [.. Enumerable.Range(0, 300)];
        int[] after = [.. Enumerable.Range(1_000, 300), 150, 151, .. Enumerable.Range(2_000, 300)];
        Assert.Equal([new Match(150, 300, 2)], SequenceDiff.Compare(before, after, maxChanges: 10));
    }

    private static int LongestByTable(int[] a, int[] b)
    {
        var lengths = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = a[i] == b[j]
                    ? lengths[i + 1, j + 1] + 1
                    : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths[0, 0];
    }

    private static IReadOnlyList<DiffNode> Compare(string before, string after) =>
        RichDiff.Compare(PlainTextReader.Read(before).Document!, PlainTextReader.Read(after).Document!);

    private static RichDocument Noise(Random random, int paragraphs, int length, int alphabet) =>
        new([.. Enumerable.Range(0, paragraphs).Select(_ => (Block)Paragraph.Of(
            string.Concat(Enumerable.Range(0, length).Select(_ => (char)('一' + random.Next(alphabet))))))]);
}
