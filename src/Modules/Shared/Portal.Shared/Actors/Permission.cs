namespace Portal.Shared.Actors;

/// <summary>What a person may do, inside the scope of the grant that carries it.</summary>
public enum Permission
{
    /// <summary>Enter the console and see the sites of one's grants.</summary>
    UseConsole,

    /// <summary>Draft and edit documents, and submit them.</summary>
    WriteDocuments,

    /// <summary>Give the first review 初审, with its secrecy check.</summary>
    FirstReview,

    /// <summary>Give the second review 审核.</summary>
    SecondReview,

    /// <summary>Give the releasing review 审发, and release to the public or schedule.</summary>
    Release,

    /// <summary>Publish at once without the three reviews, with a reason, for a later second look.</summary>
    PublishInEmergency,

    /// <summary>Open, change, move and close channels.</summary>
    ManageChannels,

    /// <summary>Change a site's facts, theme and people.</summary>
    ManageSite,

    /// <summary>Open, suspend and close sites; change the organisation tree.</summary>
    ManageSites,

    /// <summary>Create staff accounts, grant and revoke roles.</summary>
    ManageStaff,

    /// <summary>Configure modules.</summary>
    ManageSettings,

    /// <summary>Import documents in bulk on the approval of a named person.</summary>
    ImportDocuments,

    /// <summary>Read the sealed trail and the review register.</summary>
    ReadTrail,

    /// <summary>Confirm disclosure metadata 信息公开元数据, enter, complete and withdraw directory entries.</summary>
    ManageDisclosure,

    /// <summary>Receive and handle requests for information 依申请公开: steps, drafts, delivery.</summary>
    HandleRequests,

    /// <summary>Approve extensions, fees and answers to requests for information (Regulation 711 art. 33).</summary>
    DecideRequests,

    /// <summary>Read letters to a site's mailboxes first, take them or not, give them to units, publish answered ones.</summary>
    ScreenLetters,

    /// <summary>Handle letters that a unit was given: steps, opinions, drafts of replies.</summary>
    HandleLetters,

    /// <summary>Approve replies to letters and extensions of their time (Opinion art. 4).</summary>
    DecideLetters,

    /// <summary>Prepare consultations 意见征集, judge the opinions, report what became of them.</summary>
    ManageConsultations,

    /// <summary>Build surveys 网上调查 and report their results.</summary>
    ManageSurveys,

    /// <summary>Prepare, hold and write down interviews 在线访谈.</summary>
    ManageInterviews,

    /// <summary>Route and handle reports of errors on pages 内容纠错 (G-35).</summary>
    HandleErrorReports,

    /// <summary>Keep the register of public opinion 舆情回应: assessment, response, effect.</summary>
    ManageHotTopics,
}
