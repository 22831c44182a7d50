using System.Text.RegularExpressions;
using Portal.Shared.Submissions;

namespace Portal.Interaction.Letters.Copies;

/// <summary>Proposes names: a surname after words that introduce one, and before words that address somebody.</summary>
internal static partial class PersonalNames
{
    // 百家姓 as far as it is frequent; characters that are mostly another word are left out and stand in the compounds.
    private const string Surnames =
        "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖覃涂岳商佘佟仝揭";

    // Surnames that far more often are a word of the sentence, and given names that are none.
    private const string Words = "于向和都应须相关全经那后成从对空国通别师利家公文东广高万方强安常富计越双满连包解";
    private const string NeverGiven = "的是在了和与及说住到去向对为把被让于从有没不也都就还个这那我他她你们您，。、；：！？（）《》“”\n ,.;:!?()";

    // Words that a surname begins where they follow a word for people: 双职工家庭, 学生家长, 居民安全.
    private static readonly string[] NotNames =
        ["家庭", "家长", "家属", "家里", "家中", "家人", "家门", "公司", "公寓", "安全", "文化", "方便", "高中"];

    private const string Titles =
        "先生|女士|小姐|同志|师傅|老师|教师|校长|医生|大夫|护士|医师|主任|局长|科长|处长|所长|书记|镇长|乡长|村长|支书|经理|队长|警官|律师|法官|大爷|大妈|大娘|大叔|阿姨|叔叔|奶奶|爷爷|老板|总|某";

    public static void Collect(string text, List<PersonalSpan> found)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (Match cue in Introduced().Matches(text))
        {
            if (NameAt(text, cue.Index + cue.Length) is var length and > 0)
            {
                Add(text, cue.Index + cue.Length, length, names, found);
            }
        }

        foreach (Match title in Addressing().Matches(text))
        {
            if (NameBefore(text, title.Index) is var start && start < title.Index)
            {
                Add(text, start, title.Index - start, names, found);
            }
        }

        // A name once found is one wherever it stands.
        foreach (var name in names)
        {
            found.AddRange(PersonalSpans.Of(text, name, MaskKind.Name));
        }
    }

    /// <summary>The surname of somebody who is addressed by it.</summary>
    public static IEnumerable<PersonalSpan> Addressed(string text, string name)
    {
        var surname = SurnameAt(name, 0);
        if (surname == 0 || surname == name.Length)
        {
            yield break;
        }

        foreach (Match title in Addressing().Matches(text))
        {
            if (title.Index >= surname && text.AsSpan(title.Index - surname, surname).SequenceEqual(name.AsSpan(0, surname)))
            {
                yield return new PersonalSpan(title.Index - surname, surname, MaskKind.Writer);
            }
        }
    }

    private static void Add(string text, int start, int length, HashSet<string> names, List<PersonalSpan> found)
    {
        found.Add(new PersonalSpan(start, length, MaskKind.Name));
        if (length > 1)
        {
            names.Add(text.Substring(start, length));
        }
    }

    // Surname and one or two given names; a third sign that goes on with the sentence is none.
    private static int NameAt(string text, int start)
    {
        var surname = SurnameAt(text, start);
        if (surname == 0 || NotNames.Any(word => string.CompareOrdinal(text, start, word, 0, word.Length) == 0))
        {
            return 0;
        }

        var length = surname;
        while (length < surname + 2 && start + length < text.Length && IsGiven(text[start + length]))
        {
            length++;
        }

        return length > surname ? length : 0;
    }

    // The longest of up to four signs before a title that begins with a surname.
    private static int NameBefore(string text, int end)
    {
        for (var length = Math.Min(4, end); length >= 1; length--)
        {
            var start = end - length;
            var surname = SurnameAt(text, start);
            if (surname > 0 && surname <= length && length <= surname + 2
                && (length == surname || !Words.Contains(text[start], StringComparison.Ordinal))
                && text.AsSpan(start + surname, length - surname).IndexOfAnyExcept(GivenIn(text, start + surname, end)) < 0)
            {
                return start;
            }
        }

        return end;
    }

    private static string GivenIn(string text, int start, int end) => string.Concat(text[start..end].Where(IsGiven));

    private static int SurnameAt(string text, int start) =>
        start >= text.Length ? 0
        : Masking.CompoundSurnames.Any(compound => string.CompareOrdinal(text, start, compound, 0, 2) == 0) ? 2
        : Surnames.Contains(text[start], StringComparison.Ordinal) ? 1
        : 0;

    private static bool IsGiven(char sign) => sign is >= '\u4e00' and <= '\u9fff' or '·' && !NeverGiven.Contains(sign, StringComparison.Ordinal);

    [GeneratedRegex(
        @"(?:我叫|名叫|叫做|叫|我是|本人|姓名|联系人|经办人|负责人|业主|户主|车主|房东|邻居|同事|法人|父亲|母亲|丈夫|妻子|老公|老婆|儿子|女儿|孙子|孙女|签名|此致敬礼|来信人|反映人|投诉人|举报人|当事人|医生|老师|教师|主任|经理|书记|村民|居民|职工|学生|患者)(?:是|为|叫|名叫)?[ :，,]{0,2}",
        RegexOptions.NonBacktracking)]
    private static partial Regex Introduced();

    [GeneratedRegex(Titles, RegexOptions.NonBacktracking)]
    private static partial Regex Addressing();
}
