using System.Reflection;
using System.Reflection.Emit;
using Portal.Interaction.Letters;
using Portal.Interaction.Letters.Copies;
using Portal.Shared.Actors;

namespace Portal.Interaction.Tests.Letters.Copies;

/// <summary>Nothing but a person's confirmed masks makes words that may be public.</summary>
public sealed class MaskedTextTests
{
    private static readonly Actor Person = new(Guid.CreateVersion7(), "陶然", "信箱办公室", []);
    private static readonly WrittenLetter Writer = new() { Name = "闻某人", Phone = "13800004321" };

    private static RawCopy Raw(params string[] parts) =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), Writer, [.. parts.Select(part => new RawPart(CopyPartKind.Letter, new DateOnly(2026, 11, 23), part))]);

    [Fact]
    public void Its_constructors_and_those_of_the_masks_are_private_and_only_their_own_methods_call_them()
    {
        foreach (var type in new[] { typeof(MaskedText), typeof(ConfirmedMasks) })
        {
            var constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
            Assert.All(constructors, constructor => Assert.True(constructor.IsPrivate));
            var callers = typeof(MaskedText).Assembly.GetTypes()
                .Where(other => other != type && other.DeclaringType != type && other.DeclaringType?.DeclaringType != type)
                .SelectMany(other => other.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Where(method => Makes(method, constructors));
            Assert.Empty(callers.Select(method => $"{method.DeclaringType}.{method.Name}"));
        }

        // What gives one back: made of masks, or read from the column, which only the configuration of the copies names.
        var makers = typeof(MaskedText).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType == typeof(MaskedText) && !method.IsSpecialName && !method.Name.Contains('<', StringComparison.Ordinal));
        Assert.Equal(["Of"], makers.Select(method => method.Name).Distinct());
        Assert.All(
            typeof(MaskedText).GetMethod(nameof(MaskedText.Of))!.GetParameters().Take(1),
            parameter => Assert.Equal(typeof(ConfirmedMasks), parameter.ParameterType));
    }

    [Fact]
    public void The_proof_finds_who_makes_one() =>
        Assert.True(Makes(
            typeof(MaskedText).GetMethod(nameof(MaskedText.Of))!,
            typeof(MaskedText).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic)));

    [Theory]
    [InlineData("如有疑问，请拨打咨询电话0990-5550733。")]
    [InlineData("联系电话：0990-5550733（工作日）。")]
    [InlineData("监督热线为（0990）5550733。")]
    [InlineData("请拨打0990-5550700了解。")]
    public void A_telephone_of_an_office_stays_in_its_reply_and_is_masked_in_a_letter(string words)
    {
        Assert.Empty(Proposed(words, CopyPartKind.Reply));
        Assert.NotEmpty(Proposed(words, CopyPartKind.Letter));
        Assert.NotEmpty(Proposed(words, CopyPartKind.Question));
    }

    [Theory]
    [InlineData("咨询电话13912349876。", "13912349876")]
    [InlineData("已与您登记的联系电话0990-5550733核实。", "0990-5550733")]
    [InlineData("已向邻居家的电话0990-5550733核实。", "0990-5550733")]
    [InlineData("已致电0990-5550733核实。", "0990-5550733")]
    public void A_telephone_that_may_be_a_persons_is_masked_in_a_reply_too(string words, string number) =>
        Assert.Contains(number, Proposed(words, CopyPartKind.Reply));

    [Fact]
    public void The_writers_own_telephone_is_masked_whatever_it_is_called()
    {
        var raw = new RawCopy(
            Guid.CreateVersion7(), Guid.CreateVersion7(), Writer with { Phone = "0990-5550700" },
            [new RawPart(CopyPartKind.Reply, new DateOnly(2026, 11, 23), "咨询电话：0990-5550700。")], new HashSet<string> { "09905550700" });
        Assert.Equal(MaskKind.Writer, Assert.Single(raw.Proposals).Span.Kind);
    }

    private static List<string> Proposed(string words, CopyPartKind kind) =>
        [.. new RawCopy(
            Guid.CreateVersion7(), Guid.CreateVersion7(), Writer, [new RawPart(kind, new DateOnly(2026, 11, 23), words)],
            new HashSet<string> { "09905550700" }).Proposals.Select(proposal => words.Substring(proposal.Span.Start, proposal.Span.Length))];

    [Fact]
    public void Without_a_person_who_read_the_whole_there_are_no_masks()
    {
        var raw = Raw("我是闻某人，电话13800004321，车牌云A12345。");
        Assert.Null(ConfirmedMasks.Confirm(raw, new MaskReview(), Person).Masks);
        var (masks, faults) = ConfirmedMasks.Confirm(raw, new MaskReview { Sure = true }, Person);
        Assert.Empty(faults);
        Assert.Equal("我是*，电话*，车牌*。", MaskedText.Of(masks!, 0, _ => "*").ToString());
        // A number of the writer is signed as a number, not as a name.
        Assert.Equal("我是[Writer]，电话[Phone]，车牌[Plate]。", MaskedText.Of(masks!, 0, kind => $"[{kind}]").ToString());
    }

    [Fact]
    public void What_is_left_needs_a_reason_and_what_must_stay_cannot_be_left()
    {
        var raw = Raw("闻某人反映，车牌云A12345，证号990102199001011237。");
        var plate = raw.Proposals.Single(proposal => proposal.Span.Kind == MaskKind.Plate);
        MaskReview Left(MaskProposal proposal, string reason) =>
            new() { Sure = true, Left = new Dictionary<string, string> { [proposal.Key] = reason } };
        Assert.Equal("Reason-" + plate.Key, ConfirmedMasks.Confirm(raw, Left(plate, " "), Person).Faults.Single().Field);
        var masks = ConfirmedMasks.Confirm(raw, Left(plate, "公务用车，应当公开"), Person).Masks!;
        Assert.Equal("*反映，车牌云A12345，证号*。", MaskedText.Of(masks, 0, _ => "*").ToString());
        Assert.Contains(masks.Kept, mask => mask is { Fate: MaskFate.Left, Reason: "公务用车，应当公开" });
        foreach (var proposal in raw.Proposals.Where(proposal => proposal.Span.Kind is MaskKind.Writer or MaskKind.IdNumber))
        {
            Assert.Equal("Left-" + proposal.Key, ConfirmedMasks.Confirm(raw, Left(proposal, "理由"), Person).Faults.Single().Field);
        }
    }

    [Fact]
    public void What_a_person_adds_is_masked_wherever_it_stands_and_must_be_there()
    {
        var raw = Raw("隔壁卖菜的老温头很热心。", "老温头已经知道了。");
        var review = new MaskReview { Sure = true, Added = [new AddedMask("老温头", MaskKind.Name, "可以认出本人")] };
        var masks = ConfirmedMasks.Confirm(raw, review, Person).Masks!;
        Assert.Equal("隔壁卖菜的*很热心。", MaskedText.Of(masks, 0, _ => "*").ToString());
        Assert.Equal("*已经知道了。", MaskedText.Of(masks, 1, _ => "*").ToString());
        Assert.Equal("Words-0", ConfirmedMasks.Confirm(raw, review with { Added = [new AddedMask("老张头", MaskKind.Name, "理由")] }, Person).Faults.Single().Field);
        Assert.Equal("Why-0", ConfirmedMasks.Confirm(raw, review with { Added = [new AddedMask("老温头", MaskKind.Name, "")] }, Person).Faults.Single().Field);
    }

    // Looks through the instructions of a method for one that makes an object with these constructors.
    private static bool Makes(MethodInfo method, ConstructorInfo[] constructors)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            return false;
        }

        for (var at = 0; at + 4 < code.Length; at++)
        {
            if (code[at] == OpCodes.Newobj.Value && BitConverter.ToInt32(code, at + 1) is var token
                && constructors.Any(constructor => constructor.MetadataToken == token && constructor.Module == method.Module))
            {
                return true;
            }
        }

        return false;
    }
}
