namespace Portal.Interaction.Letters.Copies;

/// <summary>What a mask hides.</summary>
public enum MaskKind
{
    /// <summary>The writer's own name and phone: never public.</summary>
    Writer,

    /// <summary>证件号码: never public.</summary>
    IdNumber,

    /// <summary>银行卡号: never public.</summary>
    BankCard,

    /// <summary>电话</summary>
    Phone,

    /// <summary>车牌</summary>
    Plate,

    /// <summary>住址: from the street's number or the house to the door.</summary>
    Address,

    /// <summary>姓名</summary>
    Name,

    /// <summary>Addresses of mail and messengers, long numbers of any other kind, whatever a person adds.</summary>
    Other,
}

/// <summary>A place in a text that may tell of somebody.</summary>
/// <param name="Start">Where it begins, in code units.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Kind">What it is taken for.</param>
internal readonly record struct PersonalSpan(int Start, int Length, MaskKind Kind)
{
    public int End => Start + Length;
}
