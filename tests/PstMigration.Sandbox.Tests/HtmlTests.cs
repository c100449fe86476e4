using System.Text;
using Xunit;

namespace PstMigration.Sandbox.Tests;

public sealed class HtmlTests
{
    private const string Head = "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">";

    [Theory]
    [InlineData("", Head + "</head><body></body></html>")]
    [InlineData("plain", Head + "</head><body>plain</body></html>")]
    [InlineData("<p>a<p>b", Head + "</head><body><p>a<p>b</body></html>")]
    [InlineData("<!DOCTYPE html><HTML><HEAD><META charset=shift_jis><TITLE>t&lt;</TITLE></HEAD><BODY BGCOLOR=red>x</BODY></HTML>", Head + "<title>t&lt;</title></head><body bgcolor=\"red\">x</body></html>")]
    [InlineData("<head><style>p>a{color:red}</style></head>x", Head + "<style>p>a{color:red}</style></head><body>x</body></html>")]
    [InlineData("a<script>if(1<2){}</script>b<iframe src=x>in</iframe>c", Head + "</head><body>abc</body></html>")]
    [InlineData("<a href='javascript:x' title='a \"b\"'>l</a>", Head + "</head><body><a title=\"a &quot;b&quot;\">l</a></body></html>")]
    [InlineData("<img src=cid:x onerror=y><!-- c --><form><input></form>", Head + "</head><body><img src=\"cid:x\"><input></body></html>")]
    [InlineData("1 < 2 <3 <<b>x</b>", Head + "</head><body>1 &lt; 2 &lt;3 &lt;<b>x</b></body></html>")]
    [InlineData("<p<script>x <b <i>y", Head + "</head><body><p>x <b>y</body></html>")]
    [InlineData("a\nb\r\nc\rd", Head + "</head><body>a\r\nb\r\nc\r\nd</body></html>")]
    [InlineData("<title>open", Head + "<title>open</title></head><body></body></html>")]
    [InlineData("x<style>open", Head + "</head><body>x<style>open</style></body></html>")]
    public void The_rule(string html, string expected) => Assert.Equal(expected, HtmlNormaliser.Normalise(html));

    [Fact]
    public void Applied_again_it_changes_nothing()
    {
        string[] pieces = ["<", ">", "</", "/>", "p", "script", "style", "title", "body", "html", "head", "meta", " ", "\n", "=", "\"", "'", "<!--", "-->", "a", "&lt;", "on", "x", "<p>", "</p>", "<br/>", "iframe", "<b x=\"1\">", "charset"];
        Random random = new(20261123);
        for (int round = 0; round < 20_000; round++)
        {
            StringBuilder html = new();
            for (int i = random.Next(12); i >= 0; i--)
            {
                html.Append(pieces[random.Next(pieces.Length)]);
            }

            string once = HtmlNormaliser.Normalise(html.ToString());
            Assert.True(once == HtmlNormaliser.Normalise(once), $"{html}\n{once}\n{HtmlNormaliser.Normalise(once)}");
            Assert.DoesNotMatch(@"(?i)<(script|iframe)[\s/>]", once);
        }
    }

    [Fact]
    public void Long_bodies_take_no_time()
    {
        string[] hard = ["<", "<a ", "</", "<!--", "<a b=\"", "&", "<script>", "<p", "< "];
        Assert.All(hard, h => Assert.StartsWith(Head, HtmlNormaliser.Normalise(string.Concat(Enumerable.Repeat(h, 100_000)))));
    }

    [Theory]
    [InlineData("<p>One</p><p>Two<br>Three</p>", "One\r\nTwo\r\nThree")]
    [InlineData("<style>x</style>a  \n b &amp; c<div>d</div>", "a b & c\r\nd")]
    [InlineData("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "12\r\n3")]
    public void Text_of_html(string html, string expected) => Assert.Equal(expected, HtmlText.From(html));
}
