namespace Portal.Disclosure.Openness;

/// <summary>What has to be public by when.</summary>
public enum OpennessKind
{
    /// <summary>涉及民生的重要政务活动信息, 24 hours after its end (S-01).</summary>
    Livelihood,

    /// <summary>规范性文件, three working days after the paper was issued (S-02).</summary>
    Normative,

    /// <summary>主动公开, twenty working days after forming .</summary>
    Disclosure,

    /// <summary>已公开信息的变更, twenty working days after the change .</summary>
    Changed,

    /// <summary>基本信息, by cycle after its last change (S-03).</summary>
    Basic,

    /// <summary>政策解读, with the policy (S-06, Q-05).</summary>
    Interpretation,
}
