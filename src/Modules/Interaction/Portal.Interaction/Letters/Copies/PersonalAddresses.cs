using System.Text.RegularExpressions;

namespace Portal.Interaction.Letters.Copies;

/// <summary>
/// Proposes where somebody lives: from the name of the street, the village or the house to the door. The province, the city and
/// the district before it may be public, and no mask begins inside a name.
/// </summary>
internal static partial class PersonalAddresses
{
    // How far before its number a name is looked for, and how much of it is taken when nothing says where it begins.
    private const int Furthest = 24;
    private const int Longest = 8;
    private const int Usual = 6;

    // Words that lead to a place. A single one may be a sign of the name itself (是非路) and counts only with two signs after it.
    private static readonly string[] Leads =
    [
        "住在", "家住", "家在", "位于", "坐落", "地处", "地址", "住址", "搬到", "来到", "寄到", "送到", "倒进", "前往", "路过", "途经", "经过", "沿着", "靠近",
        "现住", "居住", "暂住", "租住", "老家", "我们", "他们", "反映", "在", "住", "于", "到", "从", "至", "的", "是",
    ];

    // What follows the sign of a region where it is a part of another word: 市场, 县城, 省道.
    private static readonly Dictionary<char, string> Regions = new()
    {
        ['省'] = "府委道政直立",
        ['市'] = "场民政府委井集容立直区",
        ['州'] = "府桥政委",
        ['县'] = "城府委政立",
        ['区'] = "府委政间域",
    };

    // What is before 区 where people live in it: 小区, 社区, 家属区.
    private const string Quarters = "小社校厂住属活宿";

    // A number of a work or a paper, not of a house.
    private static readonly string[] Works =
        ["地块", "线", "桥", "标", "隧", "文", "令", "公告", "通知", "站", "灯杆", "路灯", "井", "闸", "机组", "矿", "泵"];

    private static readonly char[] Between = [' ', ',', '，'];

    public static void Collect(string text, List<PersonalSpan> found)
    {
        foreach (Match match in Street().Matches(text))
        {
            var start = NameBefore(text, match.Index);
            if (start < match.Index && !IsWork(text, match))
            {
                Add(start, match, found);
            }
        }

        foreach (Match match in House().Matches(text))
        {
            var named = match.Groups["named"].Success;
            if (named || IsHouse(text, match))
            {
                Add(named ? NameBefore(text, match.Index) : match.Index, match, found);
            }
        }
    }

    /// <summary>
    /// What tells one home from its neighbours in a folded text: 3幢2单元501室. Street and house stay for who handles the letter:
    /// they are what most letters are about.
    /// </summary>
    public static IEnumerable<PersonalSpan> Doors(string text) =>
        House().Matches(text).Where(IsDoor).Select(match =>
        {
            var start = match.Index + match.Groups["named"].Length;
            return new PersonalSpan(start, match.Index + match.Value.TrimEnd(Between).Length - start, MaskKind.Address);
        });

    private static bool IsDoor(Match match) =>
        match.Value.TrimEnd(Between) is var house
        && (house[^1] is '室' or '户' || char.IsAsciiDigit(house[^1]) || house.Contains("单元", StringComparison.Ordinal));

    // The sign before a part that did not follow is the sentence's.
    private static void Add(int start, Match match, List<PersonalSpan> found) =>
        found.Add(new PersonalSpan(start, match.Index - start + match.Value.TrimEnd(Between).Length, MaskKind.Address));

    // Where the name begins that ends here: after the word that leads to it, and after the regions it lies in.
    private static int NameBefore(string text, int end)
    {
        var start = end;
        while (start > 0 && end - start < Furthest && text[start - 1] is >= '\u4e00' and <= '\u9fff')
        {
            start--;
        }

        if (start == end)
        {
            return end;
        }

        var from = start;
        foreach (var lead in Leads)
        {
            var after = text.LastIndexOf(lead, end - 1, end - from, StringComparison.Ordinal) + lead.Length;
            start = after >= from + lead.Length && end - after >= (lead.Length > 1 ? 1 : 2) ? Math.Max(start, after) : start;
        }

        for (var place = start + 2; place < end - 1; place++)
        {
            if (IsRegion(text, place))
            {
                start = place + 1;
                place = start + 1;
            }
        }

        return end - start > Longest ? end - Usual : start;
    }

    private static bool IsRegion(string text, int place) =>
        Regions.TryGetValue(text[place], out var others)
        && !others.Contains(text[place + 1], StringComparison.Ordinal)
        && !(text[place] == '区' && Quarters.Contains(text[place - 1], StringComparison.Ordinal));

    private static bool IsWork(string text, Match match) =>
        match.Value.EndsWith('号') && Works.Any(work => string.CompareOrdinal(text, match.Index + match.Length, work, 0, work.Length) == 0);

    // Two parts of a house, a part and a door, or a single part where somebody lives: 一座桥 and 三栋教学楼 are none.
    private static bool IsHouse(string text, Match match) =>
        match.Value.EndsWith('室') || char.IsAsciiDigit(match.Value[^1]) || Part().Count(match.Value) > 1
        || match.Value.TrimEnd(Between) is var part && (part.EndsWith("号楼", StringComparison.Ordinal)
            || part.EndsWith("号院", StringComparison.Ordinal) || part.EndsWith("单元", StringComparison.Ordinal))
        || (match.Index > 0 && text[match.Index - 1] is '住' or '在' or '家');

    // A street with its number, and whatever of the house follows.
    [GeneratedRegex(
        @"(?:大道|路|街|巷|弄|胡同|里|村|社区|小区|花园|家园|苑|公寓|新村|镇|乡|大院)(?:东|西|南|北|中)?段?[ ]?第?(?:[0-9]{1,5}|[一二三四五六七八九十百]{1,5})(?:-[0-9]{1,4})?(?:号楼|号院|号|弄|组|社|栋|幢|座)(?:[ ,，]?附?(?:[0-9A-Za-z]{1,5}|[一二三四五六七八九十百]{1,5})(?:号楼|号院|栋|幢|座|单元|层|楼|室|户|号)){0,5}(?:[ ]?[0-9]{3,4}室?)?",
        RegexOptions.NonBacktracking)]
    private static partial Regex Street();

    // A house without its street.
    [GeneratedRegex(
        @"(?<named>小区|花园|家园|苑|公寓|新村|大厦|大院|宿舍|家属院)?(?:(?:[0-9A-Za-z]{1,4}|[一二三四五六七八九十百]{1,4})(?:号楼|号院|栋|幢|座|单元)[ ,，]?){1,3}(?:(?:[0-9A-Za-z]{1,5}|[一二三四五六七八九十百零〇]{1,5})(?:层|楼|室|户|号|单元)[ ]?){0,2}(?:[0-9]{3,4}室?)?|[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}室?|[0-9]{3,4}室",
        RegexOptions.NonBacktracking)]
    private static partial Regex House();

    [GeneratedRegex("号楼|号院|栋|幢|座|单元|层|楼|室|户", RegexOptions.NonBacktracking)]
    private static partial Regex Part();
}
