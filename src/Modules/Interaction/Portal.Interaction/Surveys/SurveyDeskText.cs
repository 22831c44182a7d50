namespace Portal.Interaction.Surveys;

/// <summary>Names the texts of the desk where surveys are made; they are beside it.</summary>
public sealed class SurveyDeskText;
