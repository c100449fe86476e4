using System.Text;
using Xunit;

namespace PstMigration.Mapi.Tests.Identity;

public sealed class ItemDigesterTests
{
    /// <summary>Digests are stored in targets: they must never change. These were computed by another program from the rules alone.</summary>
    [Fact]
    public void Digests_are_what_they_were()
    {
        MapiItem item = Item("Hello", "one two", ["a@example.com", "b@example.com"], ("x.bin", [1, 2, 3]));

        Assert.Equal("33115299aaec30535eaae2687d28f3dba80edfb98203b6ba02fa377398fe866c", ItemDigester.Identity(item).Hex);
        Assert.Equal("623556d0e63cab92a22a89d662dc0fcfcd190814887b8aba3b0a6d8a086d08fc", ItemDigester.Content(item).Hex);
        Assert.Equal("3e9c601715ce0ba64a75e5dff23b53ea963ad177a531fbd846453a0a7cf2105d", ItemDigester.Exact(item).Hex);
    }

    [Theory]
    [InlineData(DigestLevel.Content)]
    [InlineData(DigestLevel.Exact)]
    public void Order_does_not_matter(DigestLevel level)
    {
        MapiItem one = Item("s", "t", ["a@x.y", "b@x.y"], ("1", [1]), ("2", [2]));
        MapiItem two = Item("s", "t", ["b@x.y", "a@x.y"], ("2", [2]), ("1", [1]));

        Assert.Equal(ItemDigester.Compute(one, level), ItemDigester.Compute(two, level));
    }

    [Fact]
    public void Properties_in_any_order_and_form_are_the_same()
    {
        MapiItem one = new();
        one.Properties.Set(PropertyTags.Subject, "日本");
        one.Properties.Set(PropertyNames.Keywords, ["a", "b"]);
        one.Properties.Set(PropertyTags.BodyHtml, [1, 2]);
        MapiItem two = new();
        two.Properties[PropertyTags.BodyHtml] = PropertyValue.FromBinary(new SlowSource([1, 2]));
        two.Properties[PropertyNames.Keywords] = PropertyValue.FromMultiple(PropertyType.MultipleString8, new[] { "a", "b" });
        two.Properties[PropertyTags.Subject] = PropertyValue.FromString(BinarySource.FromBytes(Encoding.Unicode.GetBytes("日本")));
        two.Properties.Set(PropertyTags.MessageSize, 123);
        two.Properties.Set(PropertyNames.SourceKey, "mark");

        Assert.Equal(ItemDigester.Exact(one), ItemDigester.Exact(two));
        two.Properties[PropertyTags.Subject] = PropertyValue.FromString("日本", PropertyType.String8);
        Assert.Equal(ItemDigester.Exact(one), ItemDigester.Exact(two));
    }

    [Fact]
    public void Html_and_text_are_the_same_content()
    {
        MapiItem text = Item("s", "Dear Sirs,\r\n\r\n*\tfirst\r\n*\tsecond <http://x.y/z>\r\n\r\n[cid:image001.png@01]\r\n", []);
        MapiItem html = Item("s", null, []);
        html.Properties.Set(PropertyTags.BodyHtml, Encoding.UTF8.GetBytes("<p>Dear&nbsp;Sirs,</p><ul><li>first</li><li><a href=\"http://x.y/z\">second</a></li></ul><img src=\"cid:image001.png@01\">"));
        MapiItem rtf = Item("s", null, []);
        rtf.Properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(Encoding.ASCII.GetBytes(@"{\rtf1 Dear Sirs,\par{\pntext *\tab}first\par{\pntext *\tab}{\b second}\par}")));

        Assert.Equal(ItemDigester.Content(text), ItemDigester.Content(html));
        Assert.Equal(ItemDigester.Content(text), ItemDigester.Content(rtf));
        Assert.NotEqual(ItemDigester.Exact(text), ItemDigester.Exact(html));
    }

    /// <summary>Which form is shown is no content where all say the same.</summary>
    [Theory]
    [InlineData(@"{\rtf1\ansi Dear Sirs,\par{\pntext *\tab}{\b first}\par}")]
    [InlineData(@"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}Dear Sirs,{\*\htmltag72 </p>}{\*\htmltag84 <ul><li><a href=""http://x.y/z"">}first{\*\htmltag92 </a></li></ul>}}")]
    public void Rtf_beside_its_text_is_the_same_content(string rtf)
    {
        MapiItem text = Item("s", "Dear Sirs,\r\n*\tfirst <http://x.y/z>\r\n", []);
        MapiItem both = Item("s", "Dear Sirs,\r\n*\tfirst <http://x.y/z>\r\n", []);
        both.Properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(Encoding.ASCII.GetBytes(rtf)));

        Assert.NotNull(BodyText.Read(both).Html);
        Assert.Equal(ItemDigester.Content(text), ItemDigester.Content(both));
    }

    [Fact]
    public void State_is_no_content()
    {
        MapiItem read = Item("s", "t", []);
        read.Properties.Set(PropertyTags.MessageFlags, 1);

        Assert.Equal(ItemDigester.Content(Item("s", "t", [])), ItemDigester.Content(read));
        Assert.NotEqual(ItemDigester.Exact(Item("s", "t", [])), ItemDigester.Exact(read));
    }

    [Fact]
    public void What_differs_is_seen()
    {
        MapiItem original = Item("s", "t", ["a@x.y"], ("1", [1]));
        MapiItem[] others =
        [
            Item("S!", "t", ["a@x.y"], ("1", [1])),
            Item("s", "u", ["a@x.y"], ("1", [1])),
            Item("s", "t", ["b@x.y"], ("1", [1])),
            Item("s", "t", [], ("1", [1])),
            Item("s", "t", ["a@x.y"], ("2", [1])),
            Item("s", "t", ["a@x.y"], ("1", [2])),
            Item("s", "t", ["a@x.y"]),
            Item("s", "t", ["a@x.y"], ("1", [1]), ("1", [1])),
        ];

        string[] digests = others.Append(original).Select(i => ItemDigester.Content(i).Hex).ToArray();

        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    [Fact]
    public void A_contact_is_its_fields()
    {
        MapiItem one = new();
        one.Properties.Set(PropertyTags.MessageClass, "IPM.Contact");
        one.Properties.Set(PropertyTags.MobileTelephone, "1");
        MapiItem two = new();
        two.Properties.Set(PropertyTags.MessageClass, "IPM.Contact");
        two.Properties.Set(PropertyTags.MobileTelephone, "2");

        Assert.NotEqual(ItemDigester.Content(one), ItemDigester.Content(two));
    }

    [Theory]
    [InlineData(DigestLevel.Content)]
    [InlineData(DigestLevel.Exact)]
    public void Items_in_items_count_to_a_depth(DigestLevel level)
    {
        int opened = 0;
        MapiItem endless = Item("endless", "t", []);
        endless.Attachments.Add(new MapiAttachment(null, () => ++opened < 1000 ? endless : throw new InvalidOperationException("Too deep.")));
        MapiItem outer = Item("outer", "t", []);
        outer.Attachments.Add(new MapiAttachment(null, () => Item("inner", "1", [])));
        MapiItem other = Item("outer", "t", []);
        other.Attachments.Add(new MapiAttachment(null, () => Item("inner", "2", [])));

        ItemDigester.Compute(endless, level);

        Assert.InRange(opened, 1, 20);
        Assert.NotEqual(ItemDigester.Compute(outer, level), ItemDigester.Compute(other, level));
    }

    [Fact]
    public void A_recipient_counts_by_address_else_by_name()
    {
        MapiItem exchange = Item("s", "t", []);
        PropertyBag p = new();
        p.Set(PropertyTags.RecipientType, 1);
        p.Set(PropertyTags.AddressType, "EX");
        p.Set(PropertyTags.EmailAddress, "/o=x/cn=a");
        p.Set(PropertyTags.DisplayName, "Taro");
        exchange.Recipients.Add(new MapiRecipient(p));
        MapiItem resolved = Item("s", "t", ["taro@x.y"]);

        Assert.NotEqual(ItemDigester.Content(exchange), ItemDigester.Content(resolved));
        p.Set(PropertyTags.SmtpAddress, "TARO@x.y");
        Assert.Equal(ItemDigester.Content(exchange), ItemDigester.Content(resolved));
    }

    private static MapiItem Item(string subject, string? text, string[] to, params (string Name, byte[] Bytes)[] files)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.Subject, subject);
        p.Set(PropertyTags.Body, text);
        p.Set(PropertyTags.InternetMessageId, "<1@example.com>");
        p.Set(PropertyTags.ClientSubmitTime, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        p.Set(PropertyTags.SentRepresentingName, "sender@example.com");
        return new MapiItem(p, to.Select(Recipient), files.Select(File));
    }

    private static MapiRecipient Recipient(string address)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.RecipientType, 1);
        p.Set(PropertyTags.AddressType, "SMTP");
        p.Set(PropertyTags.EmailAddress, address);
        return new MapiRecipient(p);
    }

    private static MapiAttachment File((string Name, byte[] Bytes) file)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p.Set(PropertyTags.AttachLongFilename, file.Name);
        p.Set(PropertyTags.AttachDataBinary, file.Bytes);
        return new MapiAttachment(p);
    }

    /// <summary>A source whose stream gives one byte at a time.</summary>
    private sealed class SlowSource(byte[] bytes) : BinarySource
    {
        public override long? Length => bytes.Length;

        public override Stream OpenRead() => new SlowStream(bytes);

        private sealed class SlowStream(byte[] bytes) : MemoryStream(bytes, writable: false)
        {
            public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
        }
    }
}
