namespace Portal.Interaction.Surveys;

/// <summary>Names the texts of surveys that the public reads; they are beside it.</summary>
public sealed class SurveyText;
