using Portal.Shared.Commands;

namespace Portal.Interaction.Surveys.Demo;

internal sealed class DemoSurveys : IDemoSeed
{
    public int Order => 330;

    public Task SeedAsync(Shared.Commands.Demo demo, CancellationToken cancellationToken) => Task.CompletedTask;
}
