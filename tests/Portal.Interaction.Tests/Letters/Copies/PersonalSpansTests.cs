using Portal.Interaction.Letters;
using Portal.Interaction.Letters.Copies;

namespace Portal.Interaction.Tests.Letters.Copies;

/// <summary>What the rules propose to mask. Numbers, people and places are invented.</summary>
public sealed class PersonalSpansTests
{
    private static readonly WrittenLetter Writer = new() { Name = "欧阳不在册", Phone = "13800009876" };

    [Theory]
    [InlineData("身份证号990102199001011237，请核实", "990102199001011237", MaskKind.IdNumber)]
    [InlineData("身份证９９０１０２１９９００１０１１２３７", "９９０１０２１９９００１０１１２３７", MaskKind.IdNumber)]
    [InlineData("号码 990102 19900101 1237 已登记", "990102 19900101 1237", MaskKind.IdNumber)]
    [InlineData("老证号990102900101123", "990102900101123", MaskKind.IdNumber)]
    [InlineData("手机138 0000 4321随时可打", "138 0000 4321", MaskKind.Phone)]
    [InlineData("打+86-13900001111", "86-13900001111", MaskKind.Phone)]
    [InlineData("我的电话是一三八零零零零四三二一", "一三八零零零零四三二一", MaskKind.Phone)]
    [InlineData("座机0990-5550201转8", "0990-5550201", MaskKind.Phone)]
    [InlineData("联系电话5550201", "5550201", MaskKind.Phone)]
    [InlineData("退到6222020000000000000。", "6222020000000000000", MaskKind.BankCard)]
    [InlineData("退到6222 0200 0000 0000 000。", "6222 0200 0000 0000 000", MaskKind.BankCard)]
    [InlineData("户号6222020000000000008。", "6222020000000000008", MaskKind.Other)]
    [InlineData("车牌云A12345违停", "云A12345", MaskKind.Plate)]
    [InlineData("新能源车云A·D12345", "云A·D12345", MaskKind.Plate)]
    [InlineData("住在虚拟路12号3栋2单元501室", "虚拟路12号3栋2单元501室", MaskKind.Address)]
    [InlineData("家在3栋2单元501", "3栋2单元501", MaskKind.Address)]
    [InlineData("云上家园6号楼1单元1203室", "云上家园6号楼1单元1203室", MaskKind.Address)]
    [InlineData("松坪镇示例村三组", "松坪镇示例村三组", MaskKind.Address)]
    [InlineData("我叫闻小满，退休职工", "闻小满", MaskKind.Name)]
    [InlineData("联系人：司马相", "司马相", MaskKind.Name)]
    [InlineData("市医院的陶医生态度很好", "陶", MaskKind.Name)]
    [InlineData("找到李建国老师帮忙", "李建国", MaskKind.Name)]
    [InlineData("退休职工家小满反映", "家小满", MaskKind.Name)]
    [InlineData("发到wen@example.invalid", "wen@example.invalid", MaskKind.Other)]
    [InlineData("加微信号：wxm_2026", "微信号：wxm_2026", MaskKind.Other)]
    [InlineData("来信人欧阳不在册", "欧阳不在册", MaskKind.Writer)]
    [InlineData("欧阳先生您好", "欧阳", MaskKind.Writer)]
    public void What_may_tell_of_somebody_is_proposed(string text, string words, MaskKind kind)
    {
        var found = PersonalSpans.Find(text, Writer);
        Assert.Contains(found, span => text.Substring(span.Start, span.Length).Contains(words, StringComparison.Ordinal) && span.Kind == kind);
    }

    [Theory]
    [InlineData("2026年11月23日，12345热线已登记，投入1500万元。")]
    [InlineData("按照云政发〔2026〕12号文件，服务电话400-800-1234。")]
    [InlineData("公交12路早高峰间隔8至10分钟，预计2027年3月通车。")]
    [InlineData("建议在施工期间增设公交站，方便老人出行。")]
    [InlineData("双职工家庭六点才下班，课后服务时间应当延长到六点半。")]
    [InlineData("学生家长六点才下班，小区居民安全出行受影响。")]
    public void What_tells_of_nobody_is_left_alone(string text) =>
        Assert.Empty(PersonalSpans.Find(text, Writer).Select(span => text.Substring(span.Start, span.Length)));

    // The whole of what is masked, no sign more or less: a name is never cut, and the region before it may be read.
    [Theory]
    [InlineData("我家住在云岭省云浦市兰桥区虚拟路12号3栋2单元501室，楼下餐馆油烟扰民。", "虚拟路12号3栋2单元501室")]
    [InlineData("反映云浦市兰桥区示例大道88号的路灯不亮。", "示例大道88号")]
    [InlineData("昨天路过松滩市市民路6号，井盖松动。", "市民路6号")]
    [InlineData("云岭省云浦市高新区创业路8号1单元漏水", "创业路8号1单元")]
    [InlineData("我们住云浦市区和平路12号，停水三天。", "和平路12号")]
    [InlineData("云浦市兰桥区松坪镇示例村三组道路没有硬化", "松坪镇示例村三组")]
    [InlineData("兰桥区云上小区6号楼1单元1203室漏水", "云上小区6号楼1单元1203室")]
    [InlineData("本人居住在城市花园12栋，电梯停运。", "城市花园12栋")]
    [InlineData("地址：兰桥区和谐社区3组15号", "和谐社区3组15号")]
    [InlineData("请寄到云岭省云浦市兰桥区为民巷9号附2号", "为民巷9号附2号")]
    [InlineData("户主在兰桥区老城市场街12号做生意", "老城市场街12号")]
    [InlineData("我住5号楼，邻居在3栋2单元", "5号楼|3栋2单元")]
    [InlineData("市教育局家属院3栋2单元没有暖气", "市教育局家属院3栋2单元")]
    [InlineData("示例村第4组的水渠垮了", "示例村第4组")]
    [InlineData("我的电话是１３８-０００１-２３４５，请联系。", "１３８-０００１-２３４５")]
    public void Addresses_and_numbers_are_masked_whole(string text, string masked) =>
        Assert.Equal(masked, string.Join('|', PersonalSpans.Find(text, Writer).Select(span => text.Substring(span.Start, span.Length))));

    [Theory]
    [InlineData("建议在云浦市兰桥区示例河上建一座桥，方便三个村的群众。")]
    [InlineData("学校新建三栋教学楼，什么时候投入使用？")]
    [InlineData("云岭省云浦市兰桥区人民政府2026年11月23日公告已经看到。")]
    [InlineData("示例路12号线桥梁什么时候检修？")]
    [InlineData("虚拟大道3号地块的规划公示期是多少天？")]
    [InlineData("从县城到市区的12路公交改线后，老人出行不便。")]
    [InlineData("请按云政办发〔2026〕38号文件第五条第二款办理。")]
    [InlineData("政务中心A座办事窗口中午能不能不休息？")]
    [InlineData("全市新增3处停车场、2座公厕，投入1860万元。")]
    [InlineData("两个社区共有1200户居民，缺少幼儿园。")]
    public void Public_places_works_and_papers_are_left_alone(string text) =>
        Assert.Empty(PersonalSpans.Find(text, Writer).Select(span => text.Substring(span.Start, span.Length)));

    // The writer's own number stays masked however it is written, and what stands for it reads as a number.
    [Theory]
    [InlineData("请打我的电话13800009876。")]
    [InlineData("请打我的电话138 0000 9876。")]
    [InlineData("请打我的电话+86 138-0000-9876。")]
    public void The_writers_number_is_theirs_however_it_is_spaced(string text) =>
        Assert.Equal(MaskKind.Writer, Assert.Single(PersonalSpans.Find(text, Writer)).Kind);

    [Fact]
    public void A_name_once_introduced_is_found_wherever_it_stands()
    {
        const string Text = "我叫闻小满。昨天又去了，工作人员说闻小满的材料不全。";
        Assert.Equal(2, PersonalSpans.Find(Text, Writer).Count(span => Text.Substring(span.Start, span.Length) == "闻小满"));
    }

    [Theory]
    [InlineData("我叫闻小满，邻居欧阳兰兰也可作证。", "我叫闻**，邻居欧阳**也可作证。")]
    [InlineData("张主任说路灯归路灯所管。", "张主任说路灯归路灯所管。")]
    [InlineData("卡号6222021234567890123被扣款。", "卡号***************0123被扣款。")]
    [InlineData("邮箱xiaoman@example.invalid，微信号：xiaoman_2026。", "邮箱***，***。")]
    [InlineData("住虚拟路12号3幢2单元501室，电话13911112222。", "住虚拟路12号***，电话*******2222。")]
    [InlineData("云A12345长期占道停放。", "云A12345长期占道停放。")]
    public void Who_works_with_a_letter_tells_people_apart_without_learning_who_they_are(string text, string read) =>
        Assert.Equal(read, PersonalSpans.ForWork(text));

    [Fact]
    public void Places_that_meet_are_one_and_in_order()
    {
        var joined = PersonalSpans.Joined([new(5, 4, MaskKind.Name), new(0, 3, MaskKind.Phone), new(7, 6, MaskKind.IdNumber)]);
        Assert.Equal([new(0, 3, MaskKind.Phone), new(5, 8, MaskKind.IdNumber)], joined);
    }

    [Fact]
    public void Long_text_of_digits_and_odd_signs_is_read_in_time()
    {
        foreach (var piece in new[] { "1", "1 ", "一", "云A", "我叫", "号", "𠮷", "（1" })
        {
            Assert.NotNull(PersonalSpans.Find(string.Concat(Enumerable.Repeat(piece, 2000)), Writer));
        }
    }
}
