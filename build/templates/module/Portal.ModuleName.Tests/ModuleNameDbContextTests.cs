using Microsoft.EntityFrameworkCore;

namespace Portal.ModuleName.Tests;

public sealed class ModuleNameDbContextTests
{
    [Fact]
    public void Every_change_of_the_model_has_its_migration()
    {
        using var db = new ModuleNameDbContextFactory().CreateDbContext([]);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public void Every_table_lies_in_the_schema_of_the_module()
    {
        using var db = new ModuleNameDbContextFactory().CreateDbContext([]);

        Assert.All(db.Model.GetEntityTypes(), type => Assert.Equal("schema_name", type.GetSchema()));
    }
}
