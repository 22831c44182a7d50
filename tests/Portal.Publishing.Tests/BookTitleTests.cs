using Portal.Shared.Ui;

namespace Portal.Publishing.Tests;

public sealed class BookTitleTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("关于试验的通知", "关于试验的通知")]
    [InlineData("关于印发《云岭省防汛预案》的通知", "关于印发〈云岭省防汛预案〉的通知")]
    [InlineData("《一》和《二》", "〈一〉和〈二〉")]
    [InlineData("转发《关于印发〈云岭省防汛预案〉的通知》", "转发〈关于印发《云岭省防汛预案》的通知〉")]
    [InlineData("转发《关于印发《云岭省防汛预案》的通知》", "转发〈关于印发《云岭省防汛预案》的通知〉")]
    [InlineData("关于〈云岭省防汛预案〉的解读", "关于〈云岭省防汛预案〉的解读")]
    [InlineData("多出》的《标记", "多出〉的〈标记")]
    public void Marks_inside_marks_alternate(string title, string inside) =>
        Assert.Equal(inside, BookTitle.Inside(title));
}
