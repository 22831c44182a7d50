namespace Portal.Interaction.Tests;

/// <summary>Tests that count statements: they are counted in the whole process, so nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
