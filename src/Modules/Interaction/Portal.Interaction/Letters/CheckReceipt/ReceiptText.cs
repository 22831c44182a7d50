namespace Portal.Interaction.Letters.CheckReceipt;

/// <summary>The words of the receipt and its check, in the resource file of this name.</summary>
public sealed class ReceiptText;
