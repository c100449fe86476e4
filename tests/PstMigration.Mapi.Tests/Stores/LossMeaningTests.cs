using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Mapi.Tests.Stores;

public sealed class LossMeaningTests
{
    [Theory]
    [InlineData(LossKind.NamedProperties, "68", false)]
    [InlineData(LossKind.NamedProperties, "", false)]
    [InlineData(LossKind.NamedProperties, "{11000e07-b51b-40d6-af21-caa85edab1d0} Id 0x0006", false)]
    [InlineData(LossKind.NamedProperties, "{00062004-0000-0000-c000-000000000046} Id 0x8083", true)] // A contact's address.
    [InlineData(LossKind.NamedProperties, "{00020329-0000-0000-c000-000000000046} Name Keywords", true)]
    [InlineData(LossKind.Field, "Binary", false)]
    [InlineData(LossKind.Field, "Body", false)] // Of a row.
    [InlineData(LossKind.Field, "Html", false)] // Of a text.
    [InlineData(LossKind.Folder, "/", false)]
    [InlineData(LossKind.Folder, "Contacts/Old", true)]
    [InlineData(LossKind.Field, "Attendees", true)]
    [InlineData(LossKind.Field, "UserField Customer", true)]
    [InlineData(LossKind.Field, "", true)]
    [InlineData(LossKind.Field, "0x0E06", true)] // When it arrived.
    [InlineData(LossKind.Field, "0x3A08", true)] // A contact's telephone.
    [InlineData(LossKind.Field, "0x300B", false)] // The search key.
    [InlineData(LossKind.Field, "0x300B0102", false)]
    [InlineData(LossKind.Field, "0xNONE", true)]
    [InlineData(LossKind.Attachment, "0x300B", true)]
    [InlineData(LossKind.Guessed, "Date: Received", true)]
    public void Only_what_no_program_shows_is_missed_by_nobody(LossKind kind, string detail, bool isMissed) => Assert.Equal(isMissed, LossMeaning.IsMissed(new ItemLoss(kind, detail)));

    [Fact]
    public void Every_kind_that_changes_an_item_explains_a_part()
    {
        foreach (LossKind kind in Enum.GetValues(typeof(LossKind)).Cast<LossKind>().Where(k => k != LossKind.ReceiptDisarmed))
        {
            Assert.NotEqual(ItemPart.None, LossMeaning.Explains(kind));
        }
    }

    [Fact]
    public void Fields_somebody_added_are_told_from_what_programs_note()
    {
        PropertyName customer = new(PropertySets.PublicStrings, "Customer");
        MapiItem item = new();
        item.Properties.Set(customer, "Aoki");
        item.Properties.Set(PropertyNames.Keywords, ["red"]);
        Assert.Empty(UserFields.Of(item));

        item.Properties.Set(new PropertyName(PropertySets.Common, 0x8540), [1, 2]);
        Assert.Equal([customer], UserFields.Of(item));
    }
}
