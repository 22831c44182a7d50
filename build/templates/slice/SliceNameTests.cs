using Portal.ModuleName.AreaName.SliceName;

namespace Portal.ModuleName.Tests.AreaName;

public sealed class SliceNameTests
{
    [Fact]
    public void Missing_id_is_refused()
    {
        var result = new SliceNameValidator().Validate(new SliceName());

        Assert.Contains(result.Errors, error => error.PropertyName == nameof(SliceName.Id));
    }

    [Fact]
    public void Its_purpose_is_met() =>
        Assert.Fail("Say here what SliceName is for, as a test, then make SliceName pass it.");
}
